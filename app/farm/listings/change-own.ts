import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { requireHousehold } from "#app/account/guards.ts";
import { changeListing } from "#app/domain/listings/change-listing.ts";
import type { ListingEvent } from "#app/domain/listings/listing-states.ts";
import { listingIdOf, listingPath, notFound } from "./open-listing.ts";

/** Carries out one change of the farmer's own listing and goes back to it. */
export async function changeOwn(
  { request, params, context }: ActionFunctionArgs,
  event: ListingEvent,
): Promise<Response> {
  const scope = await requireHousehold(request, context);
  const listingId = listingIdOf(params);
  const changed = await changeListing(context.db, scope, { listingId, event });
  if (!changed.ok && changed.reason === "listing-unknown") throw notFound();
  return redirect(listingPath(listingId, changed.ok ? "changed" : "over"), 303);
}
