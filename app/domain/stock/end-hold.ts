import { type Transaction as DbTransaction, sql } from "kysely";
import { addIndexing } from "#app/domain/queue/queue-job.ts";
import type { DB } from "#db/schema.d.ts";
import { lockLotsOfOrder } from "./lock-lots.ts";

/**
 * Ends an order's holds, all of them: sold when the payment is there, released back to what is
 * available when it is not coming. Holds that have ended already are left alone, so a second call
 * moves nothing. Released listings are queued to be indexed again: they may be in stock now.
 * Locks the lots in id order; the caller holds the order's row.
 */
export async function endHold(
  trx: DbTransaction<DB>,
  orderId: string,
  end: "sold" | "released",
): Promise<void> {
  await lockLotsOfOrder(trx, orderId);
  const target = end === "sold" ? sql.ref("sold") : sql.ref("available");
  await sql`
    with ended as (
      update allocations a set state = ${end} from order_lines l
      where l.id = a.order_line_id and l.order_id = ${orderId} and a.state = 'held'
      returning a.lot_id, a.quantity
    ), sums as (
      select lot_id, sum(quantity)::int as quantity from ended group by lot_id
    ), moved as (
      update lots set held = held - s.quantity, ${target} = ${target} + s.quantity
      from sums s where lots.id = s.lot_id returning lots.listing_id
    ), indexed as (
      select ${addIndexing(sql`listing_id`)}
      from (select distinct listing_id from moved where ${end} = 'released'
        -- A job's key is a lock too, and is taken in the order of ids as all locks are.
        order by listing_id) changed
    )
    select count(*) from indexed`.execute(trx);
}
