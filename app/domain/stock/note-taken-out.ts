import type { Transaction as DbTransaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { noteChange } from "#app/domain/messages/note-change.ts";
import type { DB } from "#db/schema.d.ts";
import type { LossReason } from "./loss-reasons.ts";

/** Of a lot so many sale units that were sold and are gone; `onSale` units of its listing are, before and after. */
export type TakenOut = {
  lotId: string;
  listingId: string;
  householdId: string | null;
  quantity: number;
  reason: LossReason;
  onSale: number;
};

/**
 * Notes, lot by lot in their listings' history, what a cooperative took out of stock for good of what
 * was sold; the households are told of it. The caller has moved it in the same transaction, and holds
 * the listings' rows.
 */
export async function noteTakenOut(
  trx: DbTransaction<DB>,
  taken: readonly TakenOut[],
  { clientKey, userId }: { clientKey: string; userId: string },
): Promise<void> {
  if (taken.length === 0) return;
  const noted = taken.map((lot) => ({ ...lot, changeId: uuidv7() }));
  const rows = noted.map(({ changeId, lotId, listingId, quantity, reason, onSale }) => ({
    ...{ id: changeId, listing_id: listingId, lot_id: lotId, what: "called-off", quantity, reason },
    ...{ before: String(onSale), after: String(onSale), client_key: clientKey },
    ...{ changed_by: userId, by_cooperative: true },
  }));
  await trx.insertInto("listing_changes").values(rows).execute();
  for (const { listingId, householdId, changeId } of noted) {
    if (householdId) await noteChange(trx, { listingId, householdId, changeId });
  }
}
