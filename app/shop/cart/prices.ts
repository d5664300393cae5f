import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { z } from "zod";
import { buyerOf } from "#app/account/guards.ts";
import { acceptPrice } from "#app/domain/carts/accept-price.ts";
import { fenField } from "#app/forms/fen-field.ts";
import { readForm } from "#app/forms/read-form.ts";

const schema = z.object({ listingId: z.uuid(), priceFen: fenField.pipe(z.number().positive()) });

export const loader = () => redirect("/cart", 303);

/** Accepts one line's new price; if it moved again meanwhile the cart simply asks again. */
export async function action({ request, context }: ActionFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const form = await readForm(request, schema);
  if (form.ok) await acceptPrice(context.db, buyer, form.value);
  return redirect("/cart", 303);
}
