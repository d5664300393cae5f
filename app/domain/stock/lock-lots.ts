import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * Locks the listings of some order lines, in id order: before their lots, as whoever changes a listing
 * does. The history and a pre-sale's limit, which counts what was taken out, are the listing's.
 */
export async function lockListings(
  trx: DbTransaction<DB>,
  lineIds: readonly string[],
): Promise<void> {
  await sql`
    select id from listings
    where id in (select listing_id from order_lines where id = any(${[...lineIds]}::uuid[]))
    order by id for no key update`.execute(trx);
}

/**
 * Locks the lots that sold something in some parcels, or hold something that was offered to their buyer
 * instead of it (propose-substitute.ts), in id order. The caller holds their order's row.
 */
export async function lockSoldLots(
  trx: DbTransaction<DB>,
  parcelIds: readonly string[],
): Promise<void> {
  await sql`
    select id from lots where id in (
      select a.lot_id from allocations a join order_lines l on l.id = a.order_line_id
      where l.parcel_id = any(${[...parcelIds]}::uuid[]) and a.state = 'sold'
      union all
      select h.lot_id from substitutions s join substitution_lots h on h.substitution_id = s.id
      where s.parcel_id = any(${[...parcelIds]}::uuid[]) and s.state = 'open'
    ) order by id for update`.execute(trx);
}

/**
 * Locks the lots an order's allocations name, in id order: placing, settling and expiring all take
 * several lots, and one order for all of them is what keeps two from waiting for each other.
 * The caller holds the order's row already: orders first, then lots.
 */
export async function lockLotsOfOrder(trx: DbTransaction<DB>, orderId: string): Promise<void> {
  await sql`
    select id from lots where id in (
      select a.lot_id from allocations a join order_lines l on l.id = a.order_line_id
      where l.order_id = ${orderId} and a.state = 'held'
    ) order by id for update`.execute(trx);
}
