import { sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { takeBackQuestions } from "../consents/take-back-questions.ts";
import { queueIndexing } from "../queue/queue-job.ts";

type Offer = { id: string; isOwn: boolean; status: string };
type Lot = { id: string; listingId: string; available: number };

/** Who takes it off sale: whoever agreed to the move. */
export type TakenBy = { moveId: string; userId: string; isCooperative: boolean; now: Date };

async function lockOffers(trx: Transaction<DB>, householdId: string): Promise<Offer[]> {
  const { rows } = await sql<Offer>`
    select l.id, not l.is_pooled as "isOwn", l.status from listings l
    where l.status in ('published', 'paused') and (l.created_by_household_id = ${householdId}
      or exists (select from lots t where t.listing_id = l.id and t.household_id = ${householdId}))
    order by l.id for no key update of l`.execute(trx);
  return rows;
}

/** All lots of hers, so that nobody holds one of them until the transaction ends. */
async function lockLots(trx: Transaction<DB>, householdId: string): Promise<Lot[]> {
  const { rows } = await sql<Lot>`
    select id, listing_id as "listingId", available from lots
    where household_id = ${householdId} order by id for update`.execute(trx);
  return rows;
}

/**
 * Takes everything that a household has on sale off sale because it moves to another cooperative: what is
 * left of each lot goes out as a movement with that reason, its own listings are withdrawn, and what it is
 * being asked about is taken back. What buyers hold or bought stands. Again takes only what has come
 * since. Locks the questions, the listings and her lots, each in id order; the caller holds the household.
 */
export async function takeOffSale(
  trx: Transaction<DB>,
  householdId: string,
  { moveId, userId, isCooperative, now }: TakenBy,
): Promise<void> {
  await takeBackQuestions(trx, householdId, userId, now);
  const offers = await lockOffers(trx, householdId);
  const lots = await lockLots(trx, householdId);
  const noted = { changed_by: userId, by_cooperative: isCooperative };
  for (const { id: lotId, listingId, available } of lots) {
    if (available === 0) continue;
    const { rows } = await sql<{ onSale: number }>`select sum(available)::int as "onSale"
      from lots where listing_id = ${listingId}`.execute(trx);
    const onSale = rows[0]?.onSale ?? 0;
    await sql`update lots set available = 0, taken_out = taken_out + ${available}
      where id = ${lotId}`.execute(trx);
    await trx
      .insertInto("listing_changes")
      .values({
        ...{ id: uuidv7(), listing_id: listingId, lot_id: lotId, what: "sell-out", ...noted },
        ...{ quantity: available, reason: "moved", client_key: `move:${moveId}` },
        ...{ before: String(onSale), after: String(onSale - available) },
      })
      .execute();
  }
  for (const { id, status } of offers.filter(({ isOwn }) => isOwn)) {
    await trx
      .updateTable("listings")
      .set((set) => ({ status: "withdrawn", version: set("version", "+", 1), updated_at: now }))
      .where("id", "=", id)
      .execute();
    await trx
      .insertInto("listing_changes")
      .values({
        ...{ id: uuidv7(), listing_id: id, what: "status", ...noted },
        ...{ before: status, after: "withdrawn" },
      })
      .execute();
  }
  const changed = new Set(lots.filter((lot) => lot.available > 0).map((lot) => lot.listingId));
  for (const { id, isOwn } of offers) if (isOwn) changed.add(id);
  for (const id of changed) await queueIndexing(trx, id);
}
