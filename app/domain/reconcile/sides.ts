import { sql } from "kysely";
import { OWN_CATEGORIES } from "./entry-of.ts";

/**
 * What stands behind a movement, as a key that both sides can say without asking each other: the
 * charge, the refund (its failure too: together they are what the refund came to), or Stripe's own
 * line; and each fee apart, under the line that took it.
 */

/** SQL, Stripe's side: (key, fen, currency, stripe_id, category, source, at), from what was kept and is at Stripe. */
export const STRIPE_SIDE = sql`
  select part.key, part.fen, m.currency, m.stripe_id, m.category, m.source, m.moved_at as at
  from stripe_movements m
  cross join lateral (select m.category = any(${OWN_CATEGORIES}::text[]) as is_own) is_own
  cross join lateral (values
    (coalesce(case
        when m.category = 'charge' then 'charge:' || m.source
        when m.category in ('refund', 'refund_failure') then 'refund:' || m.source
      end, 'line:' || m.stripe_id), case when is_own then m.fen - m.fee_fen else m.fen end),
    ('fee:' || m.stripe_id, case when is_own then 0 else -m.fee_fen end)
  ) part(key, fen)
  where part.fen <> 0 and m.missing_at is null`;

/**
 * SQL, the ledger's side: (key, fen, currency, transaction_id, kind, at), one row a transaction on
 * a clearing account. What reverses another counts against it. What nobody can place has a key of
 * its own, and so will never be found at Stripe.
 */
export const LEDGER_SIDE = sql`
  with entry as (
    select t.id, t.kind, t.created_at, t.reverses_id, moved.fen, moved.currency
    from (
      select p.transaction_id, sum(p.fen) as fen,
        coalesce(nullif(substr(min(a.code), length('stripe:clearing-') + 1), ''), 'cny') as currency
      from ledger_accounts a join postings p on p.account_id = a.id
      where a.code = 'stripe:clearing' or a.code like 'stripe:clearing-%'
      group by p.transaction_id
    ) moved
    join ledger_transactions t on t.id = moved.transaction_id
  )
  select coalesce(case
      when origin.kind = 'sale' then 'charge:' || sold.charge_id
      when origin.idempotency_key like 'unmatched:%' then 'charge:' || unmatched.charge_id
      when origin.idempotency_key like 'unmatched-refund:%'
        then 'refund:' || split_part(origin.idempotency_key, ':', 2)
      when origin.kind = 'suspense' then 'charge:' || aside.charge_id
      when origin.kind = 'refund' then 'refund:' || refunds.stripe_refund_id
      when origin.idempotency_key ~ '^(charge|refund|dispute)-fee:'
        then 'fee:' || split_part(origin.idempotency_key, ':', 2)
      when origin.idempotency_key ~ '^(dispute|stripe-movement):'
        then 'line:' || split_part(origin.idempotency_key, ':', 2)
    end, 'ledger:' || origin.id) as key,
    entry.fen, entry.currency, entry.id as transaction_id, entry.kind, entry.created_at as at
  from entry
  join ledger_transactions origin on origin.id = coalesce(entry.reverses_id, entry.id)
  left join payments sold on origin.kind = 'sale' and sold.order_id = origin.cause_id
    and not exists (select from ledger_transactions put
      where put.kind = 'suspense' and put.cause_id = sold.id)
  left join payments aside on origin.kind = 'suspense' and aside.id = origin.cause_id
  left join unmatched_payments unmatched
    on origin.cause_type = 'unmatched-payment' and unmatched.id = origin.cause_id
  left join refunds on origin.kind = 'refund' and refunds.id = origin.cause_id`;
