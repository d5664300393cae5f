import type { Kysely, Transaction } from "kysely";
import { queueIndexing } from "#app/domain/queue/queue-job.ts";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { hasOther, lockOwnListing, lockOwnLots, readMoved } from "./lock-own-listing.ts";
import { keyOf, noteChanges, type SellOutReason, type StockChange } from "./note-changes.ts";

export type SoldOut =
  | { ok: true /** Sale units taken off sale by this call. */; taken: number }
  | { ok: false; reason: "listing-unknown" | "listing-changed" | "sold-out-before" };

/**
 * Takes what is left of a household's own listing off sale, or of that only `quantity` sale units,
 * of the last harvest first: it was sold elsewhere, spoiled or is kept. What buyers hold or bought
 * stands. Noted lot by lot with its reason, and queued to be indexed. The same client key again
 * takes nothing more, also after a restock. Fails with `sold-out-before` (the same client key took
 * some off sale, with another reason or of another quantity), `listing-unknown` (also for somebody else's)
 * and `listing-changed` (by now not `promised` sale units came in and were not taken off sale).
 * Locks the listing, then its lots in id order.
 */
export async function sellOut(
  db: Kysely<DB>,
  scope: SellerScope,
  input: {
    listingId: string;
    clientKey: string;
    reason: SellOutReason;
    quantity?: number;
    promised?: number;
  },
): Promise<SoldOut> {
  return db.transaction().execute(async (trx) => {
    const { listingId, reason, quantity: wanted } = input;
    const listing = await lockOwnListing(trx, scope, listingId);
    if (!listing) return { ok: false, reason: "listing-unknown" };
    const before = await readMoved(trx, scope, input);
    const isSame = before?.reason === reason && before.quantity === (wanted ?? before.quantity);
    if (before) return isSame ? { ok: true, taken: 0 } : { ok: false, reason: "sold-out-before" };
    const lots = await lockOwnLots(trx, scope, listingId);
    if (hasOther(lots, input)) return { ok: false, reason: "listing-changed" };
    let onSale = lots.reduce((sum, lot) => sum + lot.available, 0);
    const taken = Math.min(wanted ?? onSale, onSale);
    if (taken === 0) return { ok: true, taken };
    const clientKey = keyOf(scope, input.clientKey);
    const changes: StockChange[] = [];
    let rest = taken;
    for (const { id: lotId, available } of lots.toReversed()) {
      const quantity = Math.min(available, rest);
      if (quantity === 0) continue;
      rest -= quantity;
      await takeOut(trx, lotId, quantity);
      const [before, after] = [String(onSale), String(onSale - quantity)];
      onSale -= quantity;
      changes.push({ what: "sell-out", before, after, lotId, quantity, reason, clientKey });
    }
    await noteChanges(trx, scope, listingId, changes);
    await queueIndexing(trx, listingId);
    return { ok: true, taken };
  });
}

async function takeOut(trx: Transaction<DB>, lotId: string, quantity: number): Promise<void> {
  await trx
    .updateTable("lots")
    .set((lot) => ({
      available: lot("available", "-", quantity),
      taken_out: lot("taken_out", "+", quantity),
    }))
    .where("id", "=", lotId)
    .execute();
}
