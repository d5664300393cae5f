import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { changeListing } from "#app/domain/listings/change-listing.ts";
import type { ListingEvent } from "#app/domain/listings/listing-states.ts";
import { type Desk, notFound } from "./desk.ts";

/** Carries out one change of a listing and goes back to it. */
export async function changeAt(
  desk: Desk,
  args: ActionFunctionArgs,
  event: ListingEvent,
): Promise<Response> {
  const { scope, listing } = await desk.open(args);
  const { id: listingId } = listing;
  const changed = await changeListing(args.context.db, scope, { listingId, event });
  if (!changed.ok && changed.reason === "listing-unknown") throw notFound();
  const refused = !changed.ok && changed.reason === "paused-by-household" ? changed.reason : "over";
  return redirect(desk.path(listingId, changed.ok ? "changed" : refused), 303);
}
