import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { validate as isUuid } from "uuid";
import { requireHousehold } from "#app/account/guards.ts";
import { type OwnListing, readOwnListing } from "#app/domain/listings/read-own-listings.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";

/** What is no listing of hers is not there. */
export const notFound = () => new Response("Not found", { status: 404 });

/** The id in the address of a listing; anything else than an id is none. */
export function listingIdOf({ id = "" }: LoaderFunctionArgs["params"]): string {
  if (!isUuid(id)) throw notFound();
  return id;
}

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
