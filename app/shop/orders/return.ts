import { type LoaderFunctionArgs, redirect } from "@remix-run/server-runtime";
import { buyerOf } from "#app/account/guards.ts";
import { findOrder } from "#app/domain/orders/find-order.ts";
import { settleReturn } from "#app/domain/payments/settle-return.ts";
import { type Arrival, CHECKOUT, orderPath } from "./order-path.ts";

/**
 * Where the payment page sends the buyer back to. It asks for the truth itself instead of waiting
 * for the webhook, so the next page can say how it stands. Coming here again changes nothing.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const number = params.number ?? "";
  const orderId = await findOrder(context.db, buyer, number);
  if (!orderId) throw new Response("Not Found", { status: 404 });
  const session = new URL(request.url).searchParams.get("session_id") ?? "";
  const settled = CHECKOUT.test(session)
    ? await settleReturn(context.db, context.payments, { orderId, checkoutSessionId: session })
    : null;
  const news = newsOf(settled);
  const path = orderPath(number, news);
  return redirect(news === "confirming" ? `${path}&session_id=${session}` : path, 303);
}

const NEWS = {
  settled: "paid",
  suspended: "checking",
  refunding: "refunding",
  processing: "confirming",
  unpaid: "unpaid",
  // The page says so, for as long as it can be paid.
  refused: undefined,
  over: undefined,
} as const;

function newsOf(settled: Awaited<ReturnType<typeof settleReturn>> | null): Arrival | undefined {
  if (settled?.ok) return NEWS[settled.outcome];
  return settled?.reason === "payments-unavailable" ? "confirming" : undefined;
}
