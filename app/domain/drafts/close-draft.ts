import type { Kysely } from "kysely";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

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
