import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import { noteChange } from "#app/domain/messages/note-change.ts";
import { queueIndexing } from "#app/domain/queue/queue-job.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";

/** Why goods are not there that should be. */
export const stockReasons = ["spoiled", "gone", "sold-elsewhere", "other"] as const;
export type StockReason = (typeof stockReasons)[number];

export type CorrectedStock =
  | { ok: true /** Sale units on sale of the lot now. */; available: number; isNew: boolean }
  | { ok: false; reason: "lot-unknown" | "quantity-invalid" | "taken-before" }
  /** Of the rest buyers hold or bought some: that is a parcel's, not the shelf's. */
  | { ok: false; reason: "not-so-many"; available: number };

type Lot = {
  listingId: string;
  householdId: string;
  /** Whose own listing it is; null of a pooled one. */
  ownerId: string | null;
  available: number;
  onSale: number;
};

/** The listing before its lots, as whoever changes a listing does. */
async function lockLot(
  trx: DbTransaction<DB>,
  { cooperativeId }: CoopScope,
  lotId: string,
): Promise<Lot | undefined> {
  const { rows } = await sql<{ id: string }>`
    select l.id from listings l join lots t on t.listing_id = l.id
    where t.id = ${lotId} and l.cooperative_id = ${cooperativeId} and l.status <> 'draft'
    for no key update of l`.execute(trx);
  if (rows.length === 0) return undefined;
  await sql`select from lots where id = ${lotId} for update`.execute(trx);
  const { rows: lots } = await sql<Lot>`
    select l.id as "listingId", t.household_id as "householdId",
      l.created_by_household_id as "ownerId", t.available,
      (select sum(available)::int from lots where listing_id = l.id) as "onSale"
    from lots t join listings l on l.id = t.listing_id where t.id = ${lotId}`.execute(trx);
  return lots[0];
}

/**
 * Takes some sale units of one lot of the scope's cooperative off sale because they are not there:
 * spoiled, gone, or for another reason that is noted. A movement, never an edit: what was brought in
 * stays, and the listing's history, its household's text message (of a listing of her own) and the
 * audit log tell it. What buyers hold or bought is never touched. The same client key of the same
 * member again moves nothing more (`isNew: false`).
 *
 * Fails with `quantity-invalid` (no whole number above none), `taken-before` (by the same client key
 * something else was taken off sale, and this was not), `lot-unknown` (also another
 * cooperative's) and `not-so-many` (only `available` are on sale). Locks the listing, then the lot.
 */
export async function correctStock(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { lotId: string; quantity: number; reason: StockReason; clientKey: string },
): Promise<CorrectedStock> {
  const { lotId, quantity, reason } = input;
  const { userId } = scope;
  if (!isUuid(lotId)) return { ok: false, reason: "lot-unknown" };
  if (!Number.isSafeInteger(quantity) || quantity < 1) {
    return { ok: false, reason: "quantity-invalid" };
  }
  const clientKey = `stock:${userId}:${input.clientKey}`;
  return db.transaction().execute(async (trx): Promise<CorrectedStock> => {
    const lot = await lockLot(trx, scope, lotId);
    if (!lot) return { ok: false, reason: "lot-unknown" };
    const { available, onSale, listingId } = lot;
    const { rows: done } = await sql<{ quantity: number; reason: string }>`
      select quantity, reason from listing_changes
      where client_key = ${clientKey} and lot_id = ${lotId}`.execute(trx);
    const [before] = done;
    if (before) {
      const isSame = before.quantity === quantity && before.reason === reason;
      return isSame ? { ok: true, available, isNew: false } : { ok: false, reason: "taken-before" };
    }
    if (quantity > available) return { ok: false, reason: "not-so-many", available };
    await sql`update lots set available = available - ${quantity}, taken_out = taken_out + ${quantity}
      where id = ${lotId}`.execute(trx);
    const changeId = uuidv7();
    await trx
      .insertInto("listing_changes")
      .values({
        ...{ id: changeId, listing_id: listingId, lot_id: lotId, what: "sell-out", quantity },
        ...{ reason, before: String(onSale), after: String(onSale - quantity) },
        ...{ client_key: clientKey, changed_by: userId, by_cooperative: true },
      })
      .execute();
    if (lot.ownerId) await noteChange(trx, { listingId, householdId: lot.ownerId, changeId });
    await noteAct(trx, {
      ...{ actor: userId, action: "stock.corrected", subject: { type: "lot", id: lotId } },
      ...{ before: { available }, after: { available: available - quantity, reason } },
    });
    await queueIndexing(trx, listingId);
    return { ok: true, available: available - quantity, isNew: true };
  });
}
