import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { buyerOf } from "#app/account/guards.ts";
import { confirmReceipt } from "#app/domain/parcels/confirm-receipt.ts";
import { orderPath } from "./order-path.ts";

export const loader = ({ params }: LoaderFunctionArgs) => redirect(orderPath(params.number), 303);

/** The buyer says that all of it has come. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const number = params.number ?? "";
  const received = await confirmReceipt(context.db, buyer, { number });
  if (received.ok) return redirect(orderPath(number, "received"), 303);
  if (received.reason === "order-not-found") throw new Response("Not Found", { status: 404 });
  return redirect(orderPath(number, received.reason), 303);
}
