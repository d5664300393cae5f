import type { Kysely } from "kysely";
import { queueIndexing } from "#app/domain/queue/queue-job.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { type ListingEvent, type ListingStatus, nextStatus } from "./listing-states.ts";
import { lockOwnListing } from "./lock-own-listing.ts";
import { noteChanges } from "./note-changes.ts";

export type Changed =
  | { ok: true; status: ListingStatus; isChanged: boolean }
  | { ok: false; reason: "listing-unknown" | "listing-withdrawn" };

/**
 * Pauses, resumes or withdraws a household's own listing. What buyers hold or bought already is
 * not touched. The same event again is fine and changes nothing. Fails with `listing-unknown`
 * (also for somebody else's) and `listing-withdrawn` (it cannot come back). Noted in the listing's history. Locks
 * the listing.
 */
export async function changeListing(
  db: Kysely<DB>,
  scope: HouseholdScope,
  { listingId, event }: { listingId: string; event: ListingEvent },
): Promise<Changed> {
  return db.transaction().execute(async (trx) => {
    const listing = await lockOwnListing(trx, scope, listingId);
    if (!listing) return { ok: false, reason: "listing-unknown" };
    const before = listing.status;
    const status = nextStatus(before, event);
    if (status === null) return { ok: false, reason: "listing-withdrawn" };
    if (status === before) return { ok: true, status, isChanged: false };
    await trx
      .updateTable("listings")
      .set((set) => ({ status, version: set("version", "+", 1), updated_at: new Date() }))
      .where("id", "=", listingId)
      .execute();
    await noteChanges(trx, scope, listingId, [{ what: "status", before, after: status }]);
    await queueIndexing(trx, listingId);
    return { ok: true, status, isChanged: true };
  });
}
