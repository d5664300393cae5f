import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { freeListing } from "#app/domain/cycles/free-listing.ts";

export const loader = () => redirect("/coop/cycles", 303);

/** Lets a listing that waits for a cycle be sold at any time again. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const freed = await freeListing(context.db, scope, { listingId: params.id ?? "" });
  if (!freed.ok && freed.reason === "listing-unknown") throw new Response(null, { status: 404 });
  return redirect(`/coop/cycles?news=${freed.ok ? "freed" : "in-cycle"}`, 303);
}
