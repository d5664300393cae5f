import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { lockListings, lockSoldLots } from "./lock-lots.ts";
import type { LossReason } from "./loss-reasons.ts";
import { noteTakenOut, type TakenOut } from "./note-taken-out.ts";

/** Of an order line all that was sold. */
export type LostGoods = { orderLineId: string; reason: LossReason };

async function takeOut(
  trx: DbTransaction<DB>,
  parcelId: string,
  lost: readonly LostGoods[],
): Promise<TakenOut[]> {
  const { rows } = await sql<TakenOut>`
    with lost as (
      select * from jsonb_to_recordset(${JSON.stringify(lost)})
        as l ("orderLineId" uuid, reason text)
    ), returned as (
      update allocations a set state = 'returned' from lost join order_lines n
        on n.id = lost."orderLineId" and n.parcel_id = ${parcelId}
      where a.order_line_id = n.id and a.state = 'sold'
      returning a.lot_id, a.quantity - a.short_units as quantity, lost.reason
    ), moved as (
      update lots set sold = sold - r.quantity, taken_out = taken_out + r.quantity
      from returned r where lots.id = r.lot_id and r.quantity > 0
      returning lots.id, lots.listing_id, r.quantity, r.reason
    )
    select moved.id as "lotId", moved.listing_id as "listingId", moved.quantity, moved.reason,
      l.created_by_household_id as "householdId",
      (select sum(available)::int from lots where listing_id = l.id) as "onSale"
    from moved join listings l on l.id = moved.listing_id
    order by moved.listing_id, moved.id`.execute(trx);
  return rows;
}

/**
 * Takes what was sold on some lines of a parcel out of stock for good: the parcel is called off,
 * and its goods are spoiled or gone. What is on sale stays as it is. Noted lot by lot in the
 * listing's history as the cooperative's doing, of which the household is told. Lines of other
 * parcels, and what is not sold any more, move nothing. Locks the lines' listings, then all lots
 * that sold something in the parcel, each in id order; the caller holds the order's row.
 *
 * Returns the listings it changed, which the caller has yet to have indexed together with what it
 * gives back (give-back.ts): the jobs' keys are locks, taken in id order after all lots.
 */
export async function writeOffStock(
  trx: DbTransaction<DB>,
  off: { parcelId: string; lost: readonly LostGoods[]; userId: string },
): Promise<string[]> {
  const { parcelId, lost, userId } = off;
  if (lost.length === 0) return [];
  const lineIds = lost.map(({ orderLineId }) => orderLineId);
  await lockListings(trx, lineIds);
  await lockSoldLots(trx, [parcelId]);
  const moved = await takeOut(trx, parcelId, lost);
  await noteTakenOut(trx, moved, { clientKey: `called-off:${parcelId}`, userId });
  return moved.map(({ listingId }) => listingId);
}
