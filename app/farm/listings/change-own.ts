import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { validate as isUuid } from "uuid";
import { requireHousehold } from "#app/account/guards.ts";
import { changeListing } from "#app/domain/listings/change-listing.ts";
import type { ListingEvent } from "#app/domain/listings/listing-states.ts";

/** Carries out one change of the farmer's own listing and goes back to it. */
export async function changeOwn(
  { request, params, context }: ActionFunctionArgs,
  event: ListingEvent,
): Promise<Response> {
  const scope = await requireHousehold(request, context);
  const listingId = params.id ?? "";
  if (!isUuid(listingId)) throw new Response("Not found", { status: 404 });
  const changed = await changeListing(context.db, scope, { listingId, event });
  if (!changed.ok && changed.reason === "listing-unknown") {
    throw new Response("Not found", { status: 404 });
  }
  return redirect(`/farm/listings/${listingId}?done=${changed.ok ? "changed" : "over"}`, 303);
}
