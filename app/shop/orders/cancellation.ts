import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { buyerOf } from "#app/account/guards.ts";
import { cancelOrder } from "#app/domain/payments/cancel-order.ts";
import { orderPath } from "./order-path.ts";

export const loader = ({ params }: LoaderFunctionArgs) => redirect(orderPath(params.number), 303);

/** The buyer gives an order up: unpaid, or paid if the form said that it will be refunded. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const number = params.number ?? "";
  const form = await request.formData().catch(() => new FormData());
  const withRefund = form.get("refund") === "all";
  const asked = { number, withRefund };
  const cancelled = await cancelOrder(context.db, context.payments, buyer, asked);
  if (cancelled.ok) {
    const news = cancelled.refundFen > 0 ? "cancelled-refunding" : "cancelled";
    return redirect(orderPath(number, news), 303);
  }
  // The page itself says what did not go back, for as long as it has not.
  if (cancelled.reason === "refund-failed") return redirect(orderPath(number), 303);
  if (cancelled.reason === "order-not-found") throw new Response("Not Found", { status: 404 });
  if (cancelled.reason !== "order-not-cancellable") {
    return redirect(orderPath(number, cancelled.reason), 303);
  }
  const news = { "pending-payment": "payment-waits", expired: "over" } as Record<string, string>;
  return redirect(orderPath(number, news[cancelled.status] ?? cancelled.reason), 303);
}
