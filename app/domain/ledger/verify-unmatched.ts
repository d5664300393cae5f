import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type UnmatchedDifference = { kind: "unmatched-differs"; unmatchedId: string };

/** What a bank's taking may touch besides what was put aside. */
const OF_BANKS = "^(stripe:clearing|dispute:exchanged|dispute-loss:market)(-[a-z]+)?$";

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Payments that belong to no order of which the ledger took in, or has given back, another amount
 * than they say, or in another currency, or at another time, or nothing at all; or that an order
 * has after all, so that their money stands in the books twice. What a bank took in another currency
 * is no part of it, and must be a loss of that currency; what Stripe exchanged of it counts as what
 * came out of Stripe. Locks nothing.
 */
export async function differingUnmatched(trx: Transaction<DB>): Promise<UnmatchedDifference[]> {
  const { rows } = await sql<{ unmatchedId: string }>`
    with said as (
      select u.*, case when currency = 'cny' then '' else '-' || currency end as suffix
      from unmatched_payments u
    ), moved as (
      select said.id, case when t.kind = 'dispute' and a.code = 'dispute:exchanged' || suffix
          then 'stripe:clearing' || suffix else a.code end as code,
        t.kind = 'suspense' as is_coming, p.fen
      from said
      join ledger_transactions t on t.cause_type = 'unmatched-payment' and t.cause_id = said.id
        and t.kind <> 'stripe-fee' and t.idempotency_key not like 'reversal:%'
      join postings p on p.transaction_id = t.id
      join ledger_accounts a on a.id = p.account_id
      where not (t.kind = 'dispute' and a.code ~ ${OF_BANKS} and a.code not in (
        'stripe:clearing' || suffix, 'dispute:exchanged' || suffix, 'dispute-loss:market' || suffix))
      union all
      select id, of.code, of.is_coming, of.fen from said cross join lateral (values
        ('stripe:clearing' || suffix, true, -said.fen),
        ('suspense:payments' || suffix, true, said.fen),
        ('stripe:clearing' || suffix, false, given_back_fen),
        ('suspense:payments' || suffix, false, -given_back_fen)) of (code, is_coming, fen)
    )
    select distinct id as "unmatchedId" from (
      select id from moved group by id, code, is_coming having sum(fen) <> 0
      union all
      select said.id from said
      join ledger_transactions t on t.idempotency_key = 'unmatched:' || said.id
      where t.occurred_at <> said.arrived_at
      union all
      select said.id from said join payments y
        on y.charge_id = said.charge_id or y.payment_intent_id = said.payment_intent_id
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "unmatched-differs", ...row }));
}
