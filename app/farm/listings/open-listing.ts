import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireHousehold } from "#app/account/guards.ts";
import { type OwnListing, readOwnListing } from "#app/domain/listings/read-own-listings.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import { type Desk, listingIdOf, notFound } from "#app/offers/desk.ts";

const enter = ({ request, context }: LoaderFunctionArgs) => requireHousehold(request, context);

/** The farmer's own listing of this address. */
export async function openListing(
  args: LoaderFunctionArgs,
): Promise<{ scope: HouseholdScope; listing: OwnListing }> {
  const scope = await enter(args);
  const listing = await readOwnListing(args.context.db, scope, listingIdOf(args.params));
  if (!listing) throw notFound();
  return { scope, listing };
}

/** A listing's own page, and what was just done there. */
export const listingPath = (id: string, done?: string) =>
  `/farm/listings/${id}${done ? `?done=${done}` : ""}`;

export const farmDesk: Desk = {
  side: "farm",
  enter,
  open: openListing,
  path: listingPath,
};
