import { type Transaction as DbTransaction, sql } from "kysely";
import { queueIndexing } from "#app/domain/queue/queue-job.ts";
import type { DB } from "#db/schema.d.ts";
import { lockListings, lockSoldLots } from "./lock-lots.ts";
import type { LossReason } from "./loss-reasons.ts";
import { noteTakenOut, type TakenOut } from "./note-taken-out.ts";

/**
 * Takes some of what was sold on a line out of stock for good: it is spoiled or gone, and the parcel
 * goes without it. Where several lots provide the line, the last harvested comes first. What is on
 * sale stays as it is. Noted lot by lot in the listing's history, of which its household is told.
 * The caller knows that so much is left, and holds the order's row; the line's listing and then all
 * lots that sold something in the parcel are locked after it.
 */
export async function takeShort(
  trx: DbTransaction<DB>,
  short: {
    shortageId: string;
    parcelId: string;
    orderLineId: string;
    quantity: number;
    reason: LossReason;
    userId: string;
  },
): Promise<void> {
  const { shortageId, parcelId, orderLineId, quantity, reason, userId } = short;
  await lockListings(trx, [orderLineId]);
  await lockSoldLots(trx, [parcelId]);
  const { rows } = await sql<TakenOut>`
    with there as (
      select a.id, a.quantity - a.short_units as units, coalesce(sum(a.quantity - a.short_units)
        over (order by t.harvested_on desc, t.id desc
          rows between unbounded preceding and 1 preceding), 0) as before
      from allocations a join lots t on t.id = a.lot_id
      where a.order_line_id = ${orderLineId} and a.state = 'sold'
    ), taken as (
      update allocations a
      set short_units = short_units + least(there.units, ${quantity} - there.before)::int
      from there where there.id = a.id and there.units > 0 and there.before < ${quantity}
      returning a.lot_id, least(there.units, ${quantity} - there.before)::int as quantity
    ), moved as (
      update lots set sold = sold - taken.quantity, taken_out = taken_out + taken.quantity
      from taken where lots.id = taken.lot_id
      returning lots.id, lots.listing_id, taken.quantity
    )
    select moved.id as "lotId", l.id as "listingId", l.created_by_household_id as "householdId",
      moved.quantity, ${reason} as reason,
      (select sum(available)::int from lots where listing_id = l.id) as "onSale"
    from moved join listings l on l.id = moved.listing_id order by moved.id`.execute(trx);
  await noteTakenOut(trx, rows, { clientKey: `short:${shortageId}`, userId });
  // A pre-sale's limit counts what was taken out.
  if (rows[0]) await queueIndexing(trx, rows[0].listingId);
}
