import { type RawBuilder, sql } from "kysely";

/**
 * SQL: what banks have given back of a payment for good, in fen, by the ledger: a lost dispute is
 * posted once, with what it had taken.
 */
export const lostFen = (paymentId: RawBuilder<unknown>): RawBuilder<number> => sql`(
  select coalesce(sum(lost.fen), 0)::bigint from disputes d
  join ledger_transactions t on t.idempotency_key = 'dispute-lost:' || d.id
  join postings lost on lost.transaction_id = t.id and lost.fen > 0
  where d.payment_id = ${paymentId})`;
