import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type LineDifference = { kind: "line-differs"; transactionId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * What was posted of a line of Stripe's balance (entry-of.ts, post-dispute.ts) and moves another
 * amount, in another currency, at another time or elsewhere than that line as it was taken down:
 * fees, what Stripe moves by itself, and of what a bank took its part of the clearing account (the
 * rest see verify-disputes.ts, verify-unmatched.ts). What was reversed moves nothing any more, and may
 * have been reversed just because its line says otherwise. A dispute's line that is not taken down yet is
 * held to its accounts only. Locks nothing.
 */
export async function differingLines(trx: Transaction<DB>): Promise<LineDifference[]> {
  const { rows } = await sql<{ transactionId: string }>`
    with line as (
      select t.id, t.occurred_at, split_part(t.idempotency_key, ':', 1) as of, m.category, m.fen,
        m.fee_fen, m.moved_at,
        case when m.currency = 'cny' then '' else '-' || m.currency end as suffix
      from ledger_transactions t
      join stripe_movements m on m.stripe_id = split_part(t.idempotency_key, ':', 2)
      where t.kind in ('stripe-fee', 'stripe-payout', 'dispute')
        and not exists (select from ledger_transactions back where back.reverses_id = t.id)
    ), due as (
      select line.id, part.code || line.suffix as code, part.fen
      from line cross join lateral (values
        ('charge-fee', 'stripe-fee:charges', fee_fen), ('charge-fee', 'stripe:clearing', -fee_fen),
        ('refund-fee', 'stripe-fee:refunds', fee_fen), ('refund-fee', 'stripe:clearing', -fee_fen),
        ('dispute-fee', 'stripe-fee:disputes', fee_fen),
        ('dispute-fee', 'stripe:clearing', -fee_fen),
        ('stripe-movement',
          case category when 'fee' then 'stripe-fee:account' else 'bank:market' end, -line.fen),
        ('stripe-movement', 'stripe-fee:payouts', fee_fen),
        ('stripe-movement', 'stripe:clearing', line.fen - fee_fen),
        ('dispute', 'stripe:clearing', line.fen)) part(of, code, fen)
      where part.of = line.of
    ), moved as (
      select line.id, a.code, p.fen from line
      join postings p on p.transaction_id = line.id
      join ledger_accounts a on a.id = p.account_id
      where line.of <> 'dispute' or a.code like 'stripe:clearing%'
      union all
      select id, code, -fen from due
    )
    select distinct id as "transactionId" from (
      select id from moved group by id, code having sum(fen) <> 0
      union all
      select id from line where of not like 'dispute%' and occurred_at <> moved_at
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "line-differs", ...row }));
}
