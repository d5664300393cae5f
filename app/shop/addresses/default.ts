import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { setDefaultAddress } from "#app/domain/addresses/address-book.ts";
import { requireBuyer } from "./keep.ts";

export const loader = () => redirect("/account/addresses", 303);

export async function action({ request, params, context }: ActionFunctionArgs) {
  const buyer = await requireBuyer(request, context);
  await setDefaultAddress(context.db, buyer, params.id ?? "");
  return redirect("/account/addresses?done=default", 303);
}
