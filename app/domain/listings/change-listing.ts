import type { Kysely, Transaction } from "kysely";
import { queueIndexing } from "#app/domain/queue/queue-job.ts";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { type ListingEvent, type ListingStatus, nextStatus } from "./listing-states.ts";
import { lockOwnListing } from "./lock-own-listing.ts";
import { noteChanges } from "./note-changes.ts";

export type Changed =
  | { ok: true; status: ListingStatus; isChanged: boolean }
  | { ok: false; reason: "listing-unknown" | "listing-withdrawn" | "paused-by-household" };

/**
 * Pauses, resumes or withdraws a household's own listing. What buyers hold or bought already is
 * not touched. The same event again is fine and changes nothing. Fails with `listing-unknown`
 * (also for somebody else's), `listing-withdrawn` (it cannot come back) and, for a manager,
 * `paused-by-household` (what a household does not want to sell now, nobody sells for it). Noted in
 * the listing's history. Locks the listing.
 */
export async function changeListing(
  db: Kysely<DB>,
  scope: SellerScope,
  { listingId, event }: { listingId: string; event: ListingEvent },
): Promise<Changed> {
  return db.transaction().execute(async (trx) => {
    const listing = await lockOwnListing(trx, scope, listingId);
    if (!listing) return { ok: false, reason: "listing-unknown" };
    const before = listing.status;
    const status = nextStatus(before, event);
    if (status === null) return { ok: false, reason: "listing-withdrawn" };
    if (status === before) return { ok: true, status, isChanged: false };
    if (event === "resume" && "isOnBehalf" in scope && !(await hasPaused(trx, listingId))) {
      return { ok: false, reason: "paused-by-household" };
    }
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

/** Whether it was the cooperative that paused it last. */
async function hasPaused(trx: Transaction<DB>, listingId: string): Promise<boolean> {
  const last = await trx
    .selectFrom("listing_changes")
    .where("listing_id", "=", listingId)
    .where("what", "=", "status")
    .where("after", "=", "paused")
    .orderBy("id", "desc")
    .select("by_cooperative")
    .limit(1)
    .executeTakeFirst();
  return last?.by_cooperative === true;
}
