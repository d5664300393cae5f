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
  if (!published.ok) return published;
  await db
    .updateTable("listing_drafts")
    .set({ published_listing_id: published.listingId, updated_at: now })
    .where("household_id", "=", scope.householdId)
    .where("id", "=", draft.id)
    .where("published_listing_id", "is", null)
    .execute();
  return published;
}
