import { type Kysely, type RawBuilder, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * SQL: whether a line of Stripe's balance is of a refund that the books do not have, or says that
 * one has failed which they hold for given. `line` is its row; only those not booked are looked at,
 * and none of these is (book-movements.ts).
 */
export const isUnknownRefund = (line: RawBuilder<unknown>): RawBuilder<boolean> => sql`(
  ${line}.booked_at is null and ${line}.category in ('refund', 'refund_failure')
  and ${line}.source is not null
  and not exists (select from refunds r where r.stripe_refund_id = ${line}.source
    and (${line}.category = 'refund' or r.status = 'failed'))
  and not exists (select from ledger_transactions t where t.idempotency_key = case
    when ${line}.category = 'refund' then 'unmatched-refund:'
    else 'unmatched-refund-failed:' end || ${line}.source))`;

/** Whether Stripe's balance has anything of this refund that the books do not. Locks nothing. */
export async function isStillUnknown(db: Kysely<DB>, stripeRefundId: string): Promise<boolean> {
  const { rows } = await sql`select from stripe_movements m
    where m.source = ${stripeRefundId} and ${isUnknownRefund(sql`m`)}`.execute(db);
  return rows.length > 0;
}
