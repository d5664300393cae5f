import type { Kysely } from "kysely";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readOwnListing } from "#app/domain/listings/read-own-listings.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { saveDraft } from "./save-draft.ts";

export type Copied = { ok: true } | { ok: false; reason: "listing-unknown" | "too-many-drafts" };

/**
 * Begins a draft that says what a listing of the household's own says, also a withdrawn one: its
 * words, price and photos, harvested today, with no quantity yet. The same draft id again leaves
 * the draft as it has become. Fails with `listing-unknown` (also for somebody else's) and
 * `too-many-drafts` (30 open ones). Locks the draft's row.
 */
export async function copyListing(
  db: Kysely<DB>,
  scope: HouseholdScope,
  { listingId, draftId }: { listingId: string; draftId: string },
  now: Date = new Date(),
): Promise<Copied> {
  const listing = await readOwnListing(db, scope, listingId);
  if (!listing) return { ok: false, reason: "listing-unknown" };
  const hasOwnWeight = listing.unit === "bag" || listing.unit === "head";
  const saved = await saveDraft(db, scope, {
    draftId,
    // Of one that was only just begun: what says more by now is left alone.
    version: 1,
    fields: {
      ...{ category: listing.categoryCode, title: listing.titleZh, titleEn: listing.titleEn },
      ...{ grade: listing.grade, unit: listing.unit, harvestedOn: shanghaiDay(now) },
      unitGrams: hasOwnWeight ? String(listing.unitGrams) : "",
      price: (listing.priceFen / 100).toFixed(2),
    },
    photoIds: listing.photos.map(({ id }) => id),
    copiedFrom: listingId,
  });
  const isRefused = !saved.ok && saved.reason === "too-many-drafts";
  return isRefused ? { ok: false, reason: "too-many-drafts" } : { ok: true };
}
