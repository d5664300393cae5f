import { type RawBuilder, sql } from "kysely";

/**
 * SQL: what banks have given back of a payment for good, in fen, by the ledger: verdicts posted,
 * less those that were taken back. What a bank took in another currency than the payment's is no
 * part of it.
 */
export const lostFen = (paymentId: RawBuilder<unknown>): RawBuilder<number> => sql`(
  select coalesce(-sum(lost.fen), 0)::bigint from disputes d
  join ledger_transactions t on t.cause_type = 'dispute' and t.cause_id = d.id
    and t.idempotency_key like 'dispute-lost:%'
  join payments disputed on disputed.id = d.payment_id
  join postings lost on lost.transaction_id = t.id
  join ledger_accounts a on a.id = lost.account_id and a.code = 'dispute:withdrawn'
    || case when disputed.currency = 'cny' then '' else '-' || disputed.currency end
  where d.payment_id = ${paymentId})`;
