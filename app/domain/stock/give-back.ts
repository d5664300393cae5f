import { type Transaction as DbTransaction, sql } from "kysely";
import { addIndexing } from "#app/domain/queue/queue-job.ts";
import type { DB } from "#db/schema.d.ts";
import { lockSoldLots } from "./lock-lots.ts";

/**
 * Puts what was sold in some parcels back on sale: they were cancelled before they left, so the
 * goods are still there. Parcels given back already move nothing. Their listings are queued to be
 * indexed again, and so are `alsoChanged`, which the caller changed in the same transaction. Locks
 * the lots in id order, then the jobs' keys; the caller holds the order's row.
 */
export async function giveBackStock(
  trx: DbTransaction<DB>,
  parcelIds: readonly string[],
  alsoChanged: readonly string[] = [],
): Promise<void> {
  await lockSoldLots(trx, parcelIds);
  await sql`
    with returned as (
      update allocations a set state = 'returned' from order_lines l
      where l.id = a.order_line_id and l.parcel_id = any(${[...parcelIds]}::uuid[])
        and a.state = 'sold'
      returning a.lot_id, a.quantity - a.short_units as quantity
    ), sums as (
      select lot_id, sum(quantity)::int as quantity from returned group by lot_id
    ), moved as (
      update lots set sold = sold - s.quantity, available = available + s.quantity
      from sums s where lots.id = s.lot_id returning lots.listing_id
    ), indexed as (
      select ${addIndexing(sql`listing_id`)}
      -- A job's key is a lock too, and is taken in the order of ids as all locks are.
      from (select listing_id from moved union select unnest(${[...alsoChanged]}::uuid[])
        order by listing_id) changed
    )
    select count(*) from indexed`.execute(trx);
}
