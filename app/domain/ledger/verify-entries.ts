import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type EntryDifference =
  | { kind: "unexplained"; transactionId: string }
  | { kind: "reversal-differs"; transactionId: string };

/** So many of each are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * All that is ever posted: of what, as what kind, and how its key begins; `true` where the key goes
 * on with the id of its cause. `taken-over` and an order's `dispute` are the seed's.
 */
const POSTED = sql`(values
  ('order', 'sale', 'sale', true), ('order', 'sale', 'taken-over', false),
  ('order', 'refund', 'owed', true), ('order', 'dispute', 'dispute', true),
  ('payment', 'suspense', 'suspense', true), ('payment', 'stripe-fee', 'charge-fee', false),
  ('refund', 'refund', 'refund', true), ('refund', 'reversal', 'refund-failed', true),
  ('refund', 'refund', 'refund-owed', true),
  ('refund', 'refund', 'taken-over', true), ('refund', 'stripe-fee', 'refund-fee', false),
  ('dispute', 'dispute', 'dispute', false), ('dispute', 'stripe-fee', 'dispute-fee', false),
  ('dispute', 'dispute', 'dispute-lost', true), ('dispute', 'reversal', 'dispute-lost', true),
  ('dispute', 'dispute', 'dispute-returned', true), ('dispute', 'reversal', 'reversal', false),
  ('dispute', 'reversal', 'taken-over', true),
  ('unmatched-payment', 'suspense', 'unmatched', true),
  ('unmatched-payment', 'refund', 'unmatched-refund', false),
  ('unmatched-payment', 'reversal', 'unmatched-refund-failed', false),
  ('unmatched-payment', 'dispute', 'dispute', false),
  ('unmatched-payment', 'stripe-fee', 'charge-fee', false),
  ('unmatched-payment', 'stripe-fee', 'refund-fee', false),
  ('unmatched-payment', 'stripe-fee', 'dispute-fee', false),
  ('payout', 'payout', 'payout', true), ('payout', 'payout-bounce', 'payout-bounce', true),
  ('stripe-movement', 'stripe-fee', 'stripe-movement', false),
  ('stripe-movement', 'stripe-payout', 'stripe-movement', false)
) as known (cause_type, kind, prefix, has_cause)`;

/**
 * Transactions of which nothing in the market is the cause: its row is gone, or was never there, or
 * nothing of that kind is posted of it; opening balances too, for the market began with empty
 * books. Locks nothing.
 */
export async function unexplained(trx: Transaction<DB>): Promise<EntryDifference[]> {
  const { rows } = await sql<{ transactionId: string }>`
    with cause(type, id) as (
      select 'order', id from orders union all select 'payment', id from payments
      union all select 'refund', id from refunds union all select 'dispute', id from disputes
      union all select 'payout', id from payouts
      union all select 'stripe-movement', id from stripe_movements
      union all select 'unmatched-payment', id from unmatched_payments
    ), known as (select * from ${POSTED})
    select t.id as "transactionId" from ledger_transactions t
    left join cause on cause.type = t.cause_type and cause.id = t.cause_id
    left join known on known.cause_type = t.cause_type and known.kind = t.kind
      and known.prefix = split_part(t.idempotency_key, ':', 1)
    where cause.id is null or known.prefix is null
      or known.has_cause and split_part(t.idempotency_key, ':', 2) <> t.cause_id::text
      or (t.kind in ('reversal', 'payout-bounce')) <> (t.reverses_id is not null)
    order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "unexplained", ...row }));
}

/** Reversals that are not the opposite, posting by posting with its tags, of what they reverse. Locks nothing. */
export async function differingReversals(trx: Transaction<DB>): Promise<EntryDifference[]> {
  const { rows } = await sql<{ transactionId: string }>`
    with reversal as (
      select id, unnest(array[id, reverses_id]) as either from ledger_transactions
      where reverses_id is not null
    )
    select distinct id as "transactionId" from (
      select r.id from reversal r join postings p on p.transaction_id = r.either
      group by r.id, p.account_id, p.order_line_id, p.relief_account_id having sum(p.fen) <> 0
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "reversal-differs", ...row }));
}
