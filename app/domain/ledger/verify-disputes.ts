import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type DisputeDifference = { kind: "dispute-differs"; disputeId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Disputes of no payment, or of another amount than the bank took; of which the ledger holds for
 * lost another amount than their state says (all that the bank took of one that is lost, nothing of
 * any other); or that moved anything on an account that has no part in it: a bank takes from Stripe,
 * in one currency (in another than Stripe's only by way of what was exchanged), and a loss is the market's, or, if that is the payment's currency, of a payment
 * put aside (post-losses.ts; how far, see verify-payments.ts, and what pays for a loss verify-called-off.ts). Locks nothing.
 */
export async function differingDisputes(trx: Transaction<DB>): Promise<DisputeDifference[]> {
  const { rows } = await sql<{ disputeId: string }>`
    with dispute as (
      select d.id, d.status, d.fen, y.id is null as is_nowhere, aside.id is not null as is_aside,
        case when y.currency = 'cny' then '' else '-' || y.currency end as paid_suffix
      from disputes d left join payments y on y.id = d.payment_id
      left join ledger_transactions aside on aside.idempotency_key = 'suspense:' || y.id
    ), moved as (
      select d.*, t.id as transaction_id, split_part(t.idempotency_key, ':', 1) as of, a.code, p.fen as moved_fen,
        coalesce(p.order_line_id, p.relief_account_id) is not null as is_tagged
      from dispute d join ledger_transactions t on t.cause_type = 'dispute' and t.cause_id = d.id
      join postings p on p.transaction_id = t.id
      join ledger_accounts a on a.id = p.account_id
      where t.kind <> 'stripe-fee'
    ), seen as (
      select id, coalesce(sum(moved_fen) filter (where of = 'dispute'), 0) as taken,
        coalesce(max(abs(moved_fen)) filter (where of = 'dispute'), 0) as largest,
        min(substr(code, length('dispute:withdrawn') + 1)) as suffix,
        -coalesce(sum(moved_fen) filter (where of = 'dispute-lost'), 0) as lost
      from moved where code like 'dispute:withdrawn%' group by 1
    )
    select distinct id as "disputeId" from (
      select id from dispute where is_nowhere
      union all
      select d.id from dispute d join seen using (id)
      where d.fen not in (taken, largest) or d.status = 'lost' and d.fen <> taken or lost <> case when d.status = 'lost' then taken else 0 end
      union all
      select id from moved left join seen using (id)
      where of in ('dispute', 'dispute-lost') and (is_tagged or suffix is null or not case
        when code = 'dispute:withdrawn' || suffix then true
        when of = 'dispute' then code ~ '^(stripe:clearing|dispute:exchanged)(-[a-z]+)?$'
        when code = 'suspense:payments' || suffix then is_aside and suffix = paid_suffix
        else code = 'dispute-loss:market' || suffix end)
      union all
      select id from moved where of = 'dispute'
      group by id, transaction_id, substring(code from '-[a-z]+$') having sum(moved_fen) <> 0
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "dispute-differs", ...row }));
}
