import type { Kysely } from "kysely";
import {
  type Published,
  type PublishInput,
  publishListing,
} from "#app/domain/listings/publish-listing.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { Draft } from "./draft-fields.ts";

/**
 * Publishes what a draft says and closes the draft. The draft's id is the listing's client key: a
 * second sending, also one after a crash between the two writes, meets the same listing and closes
 * the draft then. Fails as `publishListing` does; the draft then stays open.
 */
export async function publishDraft(
  db: Kysely<DB>,
  scope: HouseholdScope,
  draft: Draft,
  offer: Omit<PublishInput, "clientKey">,
  now: Date = new Date(),
): Promise<Published> {
  const published = await publishListing(db, scope, { ...offer, clientKey: draft.id }, now);
  if (published.ok) await closeDraft(db, scope, draft.id, published.listingId, now);
  return published;
}

/**
 * Closes the draft of this id, if the household has one open: it has become this listing. A phone
 * that took a draft along to where there is no signal sends its offer under the draft's id. Locks the
 * draft's row; never fails.
 */
export async function closeDraft(
  db: Kysely<DB>,
  scope: HouseholdScope,
  draftId: string,
  listingId: string,
  now: Date = new Date(),
): Promise<void> {
  await db
    .updateTable("listing_drafts")
    .set({ published_listing_id: listingId, updated_at: now })
    .where("household_id", "=", scope.householdId)
    .where("id", "=", draftId)
    .where("published_listing_id", "is", null)
    .execute();
}
