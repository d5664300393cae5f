import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { buyerOf } from "#app/account/guards.ts";
import { buyAgain } from "#app/domain/carts/buy-again.ts";
import { orderPath } from "./order-path.ts";

export const loader = ({ params }: LoaderFunctionArgs) => redirect(orderPath(params.number), 303);

/** What can still be had of an order goes into the cart, whose page says what became of each line. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const number = params.number ?? "";
  const again = await buyAgain(context.db, buyer, number);
  if (!again.ok) throw new Response("Not Found", { status: 404 });
  return redirect(`/cart?again=${encodeURIComponent(number)}`, 303);
}
