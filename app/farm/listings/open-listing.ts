import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireHousehold } from "#app/account/guards.ts";
import { type OwnListing, readOwnListing } from "#app/domain/listings/read-own-listings.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import { type Desk, listingIdOf, notFound } from "#app/offers/desk.ts";

/** The farmer's own listing of this address. */
export async function openListing({
  request,
  params,
  context,
}: LoaderFunctionArgs): Promise<{ scope: HouseholdScope; listing: OwnListing }> {
  const scope = await requireHousehold(request, context);
  const listing = await readOwnListing(context.db, scope, listingIdOf(params));
  if (!listing) throw notFound();
  return { scope, listing };
}

/** A listing's own page, and what was just done there. */
export const listingPath = (id: string, done?: string) =>
  `/farm/listings/${id}${done ? `?done=${done}` : ""}`;

export const farmDesk: Desk = { side: "farm", open: openListing, path: listingPath };
