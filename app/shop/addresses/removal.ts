import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { removeAddress } from "#app/domain/addresses/address-book.ts";
import { requireBuyer } from "./keep.ts";

export const loader = () => redirect("/account/addresses", 303);

/** Sent again it finds nothing, and says the same: the address is gone. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const buyer = await requireBuyer(request, context);
  await removeAddress(context.db, buyer, params.id ?? "");
  return redirect("/account/addresses?done=removed", 303);
}
