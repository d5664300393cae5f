import { type Transaction as DbTransaction, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { queueIndexing } from "#app/domain/queue/queue-job.ts";
import type { DB } from "#db/schema.d.ts";
import { allocate } from "../orders/allocate.ts";
import { splitLine } from "../orders/split-line.ts";

type LockedLot = {
  id: string;
  listing_id: string;
  relief_account_id: string;
  harvestedOn: string;
  available: number;
};

/**
 * Those of what is still offered as the order has it: who offers something else sells something else.
 * What was ordered in a cycle is brought after it has closed: then it is too late to take it again,
 * also for who waited for others until it had (so by the clock, and not by this transaction's start).
 */
async function lockOpenLots(trx: DbTransaction<DB>, orderId: string): Promise<LockedLot[]> {
  // As an order that is being written does: whoever calls its cycle off comes before this, or after.
  await sql`select from order_cycles where id in (select cycle_id from order_lines
    where order_id = ${orderId}) order by id for key share`.execute(trx);
  const { rows } = await sql<LockedLot>`
    select t.id, t.listing_id, t.relief_account_id, t.harvested_on as "harvestedOn", t.available
    from lots t join listings l on l.id = t.listing_id and l.status = 'published'
    join order_lines o on o.listing_id = l.id and o.order_id = ${orderId}
      and (o.title_zh, o.title_en, o.grade, o.unit, o.unit_grams, o.unit_price_fen)
        = (l.title_zh, l.title_en, l.grade, l.unit, l.unit_grams, l.price_fen)
      and case when o.cycle_id is null
        then not l.sold_in_cycles and o.ships_from is not distinct from l.ships_from
        else exists (select from cycle_listings k join order_cycles c on c.id = k.cycle_id
          where k.cycle_id = o.cycle_id and k.listing_id = l.id and not k.is_off
            and k.closes_at > clock_timestamp() and c.ships_on = o.ships_from) end
    order by t.id for update of t`.execute(trx);
  return rows;
}

/**
 * Sells an order's goods after its hold was released: a payment came too late, and what was held
 * may still be there. Allocates afresh over the lots as they are now (oldest harvest first), all
 * lines or none; `false` means that some line cannot be served any more, or is offered otherwise by
 * now (name, grade, unit, price, sent from when, in cycles or not), and nothing was taken.
 * Locks the order's cycles and then every open lot of its listings, each in id order; the caller holds the order's row.
 */
export async function takeAgain(trx: DbTransaction<DB>, orderId: string): Promise<boolean> {
  const lines = await trx
    .selectFrom("order_lines")
    .select(["id", "listing_id", "quantity", "line_fen", "fee_basis_points"])
    .where("order_id", "=", orderId)
    .execute();
  const listingIds = lines.map((line) => line.listing_id);
  const lots = await lockOpenLots(trx, orderId);

  const rows = [];
  for (const line of lines) {
    const allocated = allocate(
      lots.filter((lot) => lot.listing_id === line.listing_id),
      line.quantity,
    );
    if (!allocated.ok) return false;
    const { shareFen } = splitLine({
      lineFen: line.line_fen,
      feeBasisPoints: line.fee_basis_points,
      quantities: allocated.shares.map((share) => share.quantity),
    });
    for (const [index, { lot, quantity }] of allocated.shares.entries()) {
      rows.push({
        id: uuidv7(),
        order_line_id: line.id,
        lot_id: lot.id,
        relief_account_id: lot.relief_account_id,
        quantity,
        fen: shareFen[index] ?? 0,
        state: "sold",
      });
    }
  }
  await trx
    .insertInto("allocations")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["order_line_id", "lot_id"]).doUpdateSet((row) => ({
        quantity: row.ref("excluded.quantity"),
        fen: row.ref("excluded.fen"),
        state: row.ref("excluded.state"),
      })),
    )
    .execute();
  // Locked above: one by one is one lot at a time, and a listing seldom has many.
  for (const { lot_id, quantity } of rows) {
    await trx
      .updateTable("lots")
      .set((lot) => ({
        available: lot("available", "-", quantity),
        sold: lot("sold", "+", quantity),
      }))
      .where("id", "=", lot_id)
      .execute();
  }
  // A job's key is a lock too, and is taken in the order of ids as all locks are.
  for (const listingId of listingIds.toSorted()) {
    await queueIndexing(trx, listingId);
  }
  return true;
}
