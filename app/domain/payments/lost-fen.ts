import { type RawBuilder, sql } from "kysely";

/**
 * SQL: what banks have given back of a payment for good, in fen, by the ledger: verdicts posted,
 * less those that were taken back.
 */
export const lostFen = (paymentId: RawBuilder<unknown>): RawBuilder<number> => sql`(
  select coalesce(-sum(lost.fen), 0)::bigint from disputes d
  join ledger_transactions t on t.cause_type = 'dispute' and t.cause_id = d.id
    and t.idempotency_key like 'dispute-lost:%'
  join postings lost on lost.transaction_id = t.id
  join ledger_accounts a on a.id = lost.account_id and a.code like 'dispute:withdrawn%'
  where d.payment_id = ${paymentId})`;
