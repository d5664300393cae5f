import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { buyerOf } from "#app/account/guards.ts";
import { findOrder } from "#app/domain/orders/find-order.ts";
import { openCheckout } from "#app/domain/payments/open-checkout.ts";
import { orderPath } from "./order-path.ts";

export const loader = ({ params }: LoaderFunctionArgs) => redirect(orderPath(params.number), 303);

/** "Pay" on an unpaid order: to its payment page, the same one however often it is tapped. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { db, payments, publicUrl } = context;
  const buyer = await buyerOf(request, context);
  const number = params.number ?? "";
  const orderId = await findOrder(db, buyer, number);
  if (!orderId) throw new Response("Not Found", { status: 404 });
  const opened = await openCheckout(db, payments, buyer, { orderId, publicUrl });
  if (opened.ok) return redirect(opened.url, 303);
  return redirect(orderPath(number, opened.reason), 303);
}
