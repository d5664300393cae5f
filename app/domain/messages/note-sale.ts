import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * Notes, in the transaction that posts a sale, that its households are to be told of it: one
 * statement, and nothing is sent or queued here (tell-sales.ts does, later and together). A sale
 * noted before is left as it is.
 */
export async function noteSale(trx: DbTransaction<DB>, orderId: string): Promise<void> {
  await sql`
    insert into untold_sales (household_id, order_id)
    select distinct r.household_id, l.order_id
    from order_lines l
    join allocations a on a.order_line_id = l.id and a.state = 'sold'
    join relief_accounts r on r.id = a.relief_account_id
    where l.order_id = ${orderId}
    on conflict do nothing`.execute(trx);
}

/**
 * Notes the same of a line that replaced another (write-substitute.ts), for households that have not
 * heard of a sale in this order yet: those that have read the rest in their earnings.
 */
export async function noteSubstitute(
  trx: DbTransaction<DB>,
  { orderId, orderLineId }: { orderId: string; orderLineId: string },
): Promise<void> {
  await sql`
    insert into untold_sales (household_id, order_id)
    select distinct r.household_id, ${orderId}::uuid
    from allocations a join relief_accounts r on r.id = a.relief_account_id
    where a.order_line_id = ${orderLineId} and not exists (select from told_sales told
      where told.household_id = r.household_id and told.order_id = ${orderId}::uuid)
    on conflict do nothing`.execute(trx);
}
