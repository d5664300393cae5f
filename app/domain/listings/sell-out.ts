import type { Kysely } from "kysely";
import { queueIndexing } from "#app/domain/queue/queue-job.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { hasMoved, lockOwnListing, lockOwnLots } from "./lock-own-listing.ts";
import { keyOf, noteChanges, type SellOutReason } from "./note-changes.ts";

export type SoldOut =
  | { ok: true /** Sale units taken off sale by this call. */; taken: number }
  | { ok: false; reason: "listing-unknown" };

/**
 * Takes what is left of a household's own listing off sale: it was sold elsewhere, spoiled or is
 * kept. What buyers hold or bought stands. Noted lot by lot with its reason, and queued to be
 * indexed. The same client key again takes nothing more, also after a restock. Fails with
 * `listing-unknown` (also for somebody else's). Locks the listing, then its lots in id order.
 */
export async function sellOut(
  db: Kysely<DB>,
  scope: HouseholdScope,
  input: { listingId: string; clientKey: string; reason: SellOutReason },
): Promise<SoldOut> {
  return db.transaction().execute(async (trx) => {
    const { listingId, reason } = input;
    const listing = await lockOwnListing(trx, scope, listingId);
    if (!listing) return { ok: false, reason: "listing-unknown" };
    if (await hasMoved(trx, scope, input)) return { ok: true, taken: 0 };
    const lots = await lockOwnLots(trx, scope, listingId);
    const left = lots.filter((lot) => lot.available > 0);
    if (left.length === 0) return { ok: true, taken: 0 };
    for (const { id, available } of left) {
      await trx
        .updateTable("lots")
        .set((lot) => ({ available: 0, taken_out: lot("taken_out", "+", available) }))
        .where("id", "=", id)
        .execute();
    }
    const clientKey = keyOf(scope, input.clientKey);
    let onSale = left.reduce((sum, lot) => sum + lot.available, 0);
    const taken = onSale;
    const changes = left.map(({ id: lotId, available: quantity }) => {
      const before = String(onSale);
      onSale -= quantity;
      const after = String(onSale);
      return { what: "sell-out" as const, before, after, lotId, quantity, reason, clientKey };
    });
    await noteChanges(trx, scope, listingId, changes);
    await queueIndexing(trx, listingId);
    return { ok: true, taken };
  });
}
