import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * Notes, in the transaction that calls parcels of one order off and before it does, that their
 * households are to be told that they need not bring the goods: those that were told of the sale, and
 * only of what is not packed yet. Nothing is sent or queued here (tell-called-off.ts does, later and
 * together). Locks the order's untold sales, so that a household being told of one right now is told
 * of this too; the caller holds the order's row and its parcels'.
 */
export async function noteCalledOff(
  trx: DbTransaction<DB>,
  { orderId, parcelIds }: { orderId: string; parcelIds: readonly string[] },
): Promise<void> {
  await sql`
    select from untold_sales where order_id = ${orderId}
    order by household_id for update`.execute(trx);
  await sql`
    insert into untold_call_offs (household_id, parcel_id)
    select distinct told.household_id, p.id
    from parcels p
    join order_lines l on l.parcel_id = p.id
    join allocations a on a.order_line_id = l.id and a.state = 'sold'
    join relief_accounts r on r.id = a.relief_account_id
    join told_sales told on told.household_id = r.household_id and told.order_id = p.order_id
    where p.id = any(${[...parcelIds]}::uuid[]) and p.order_id = ${orderId}
      and p.status in ('waiting', 'accepted')
    order by 1, 2
    on conflict do nothing`.execute(trx);
}
