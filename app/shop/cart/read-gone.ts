import type { AppLoadContext } from "@remix-run/server-runtime";
import { readListing } from "#app/domain/listings/read-listing.ts";

/**
 * What a form sent for the second time would have put into the cart, where it lay before and was
 * taken out or ordered since. She may have meant it (back, and add once more), so a new form is
 * offered for what is left of it: `quantity` is 0 when nothing is. Null for an unknown listing.
 */
export async function readGone(db: AppLoadContext["db"], listingId: string, want: string | null) {
  const listing = await readListing(db, listingId);
  if (!listing) return null;
  const left = listing.status === "published" ? listing.available : 0;
  const wanted = /^[1-9]\d{0,2}$/.test(want ?? "") ? Number(want) : 1;
  return {
    listingId: listing.id,
    title: listing.title,
    priceFen: listing.priceFen,
    quantity: Math.min(wanted, left),
    clientKey: crypto.randomUUID(),
  };
}

export type Gone = NonNullable<Awaited<ReturnType<typeof readGone>>>;
