import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { readHousehold } from "#app/domain/consents/read-household.ts";
import { readListedDraft, readOwnListing } from "#app/domain/listings/read-own-listings.ts";
import type { OnBehalfScope } from "#app/domain/scopes.ts";
import { listingIdOf, notFound } from "#app/offers/desk.ts";

/** The household of the address, when it is one of the manager's own cooperative's. */
export async function openHousehold({ request, params, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const found = await readHousehold(context.db, scope, params.householdId ?? "");
  if (!found) throw notFound();
  return found;
}

/** The listing of the address, when the household is to be asked about one like it. */
export async function readLike({ params, context }: LoaderFunctionArgs, scope: OnBehalfScope) {
  if (params.like === undefined) return;
  const id = listingIdOf({ id: params.like });
  const { db } = context;
  const listing = (await readOwnListing(db, scope, id)) ?? (await readListedDraft(db, scope, id));
  if (!listing) throw notFound();
  return listing;
}
