import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { LEDGER_SIDE, STRIPE_SIDE } from "./sides.ts";

export type Compared = { differenceCount: number; inFlightCount: number };

/**
 * Sets what Stripe moved against what the ledger posted, all of it, both ways, by key and fen; and
 * closes the run with what it found, in one statement and so at one moment. A key whose two sums
 * are the same is no difference: a mistake and the entry that reversed it are none either. What
 * has last moved after `judgedUntil` may still be on its way and is counted, not named; an entry that
 * claims to be written later than now is on no way: it is judged by Stripe's time, or at once, and
 * its stamp is kept with the difference. All that a
 * Stripe account settles in another currency than was charged is one difference, not one a sale.
 *
 * What Stripe holds in CNY less what the ledger says it holds is the sum of the differences and of
 * what is on its way, to the fen. Locks the run's row.
 */
export async function compareSides(
  db: Kysely<DB>,
  run: { id: string; judgedUntil: Date; finishedAt: Date; movementCount: number; booked: number },
): Promise<Compared> {
  const { rows } = await sql<Compared>`
    with s as materialized (
      select key, sum(fen) as fen, count(*) as n, max(at) as at, min(currency) as currency,
        min(stripe_id) as stripe_id, min(category) as category, min(source) as source
      from (${STRIPE_SIDE}) stripe_side group by key
    ), l as materialized (
      select key, sum(fen) as fen, count(*) as n, max(at) as at, min(currency) as currency,
        min(fen) = max(fen) as is_repeated,
        (array_agg(transaction_id order by at desc))[1] as transaction_id,
        (array_agg(kind order by at desc))[1] as kind
      from (${LEDGER_SIDE}) ledger_side group by key
    ), found as materialized (
      select coalesce(s.key, l.key) as key,
        -- Other currencies are named, never added to fen.
        coalesce(case when s.currency = 'cny' then s.fen end, 0)
          - coalesce(case when l.currency = 'cny' then l.fen end, 0) as fen,
        case when l.at > clock_timestamp() then coalesce(s.at, ${run.judgedUntil})
          else greatest(s.at, l.at) end as at,
        case when l.at > clock_timestamp() then l.at end as stamped_ahead, s.stripe_id, s.category,
        coalesce(s.source, nullif(split_part(l.key, ':', 2), l.transaction_id::text)) as source,
        s.fen as stripe_fen, s.currency as stripe_currency, l.fen as ledger_fen,
        l.currency as ledger_currency, l.transaction_id, l.kind as ledger_kind,
        coalesce(l.n, 0) as ledger_n,
        case
          when l.key is null then 'at-stripe-only'
          when s.key is null then 'in-ledger-only'
          when s.currency <> l.currency and s.key ~ '^(charge|refund):' then 'settled-elsewhere'
          when l.n > s.n and l.is_repeated and l.fen = s.fen * (l.n / s.n) then 'posted-twice'
          else 'amounts-differ'
        end as kind
      from s full join l on l.key = s.key
      where coalesce(s.fen, 0) <> coalesce(l.fen, 0) or s.currency <> l.currency
    ), judged as materialized (
      select kind, key, stripe_id, source, category, stripe_fen, stripe_currency, transaction_id,
        ledger_kind, ledger_n, ledger_fen, ledger_currency, at, stamped_ahead, fen
      from found where at <= ${run.judgedUntil} and kind <> 'settled-elsewhere'
      union all
      select kind, 'settled:' || stripe_currency || ':' || ledger_currency, null, null, null,
        sum(stripe_fen), stripe_currency, null, null, count(*), sum(ledger_fen), ledger_currency,
        max(at), max(stamped_ahead), sum(fen)
      from found where at <= ${run.judgedUntil} and kind = 'settled-elsewhere'
      group by kind, stripe_currency, ledger_currency
    ), named as (
      insert into reconciliation_differences (reconciliation_id, place, kind, matched_by,
        stripe_transaction_id, stripe_object_id, category, stripe_fen, stripe_currency,
        ledger_transaction_id, ledger_kind, ledger_count, ledger_fen, ledger_currency, happened_at,
        ledger_stamped_ahead_at)
      select ${run.id}, row_number() over (order by at, key), kind, key, stripe_id, source, category,
        stripe_fen, stripe_currency, transaction_id, ledger_kind, ledger_n, ledger_fen,
        ledger_currency, at, stamped_ahead
      from judged
    )
    update reconciliations set status = 'done', finished_at = ${run.finishedAt},
      movement_count = ${run.movementCount}, booked_count = ${run.booked},
      stripe_fen = (select coalesce(sum(fen - fee_fen), 0) from stripe_movements
        where currency = 'cny' and missing_at is null),
      ledger_fen = (select coalesce(sum(p.fen), 0) from postings p
        join ledger_accounts a on a.id = p.account_id where a.code = 'stripe:clearing'),
      in_flight_count = (select count(*) from found where at > ${run.judgedUntil}),
      in_flight_fen = (select coalesce(sum(fen), 0) from found where at > ${run.judgedUntil}),
      difference_count = (select count(*) from judged),
      difference_fen = (select coalesce(sum(fen), 0) from judged)
    where id = ${run.id}
    returning difference_count as "differenceCount", in_flight_count as "inFlightCount"`.execute(
    db,
  );
  const compared = rows[0];
  if (!compared) throw new Error(`reconciliation ${run.id} is gone`);
  return compared;
}
