import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type PaymentDifference = { kind: "payment-differs"; paymentId: string };

/** So many of each are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Payments of which the ledger took in, by the sale or by putting it aside, another amount or
 * currency, or at another time, than they say; that are of no order; that were sold for in another
 * currency, or went back as too late or second though they were sold for; or whose state does not follow
 * from what has become of them since (payment-standing.ts): a bank has them, or all or a part went
 * back, by refunds or a lost dispute; or of which there is more or less put aside than refunds and
 * banks have left (post-losses.ts). Locks nothing.
 */
export async function differingPayments(trx: Transaction<DB>): Promise<PaymentDifference[]> {
  const { rows } = await sql<{ paymentId: string }>`
    with gone as (
      select payment_id, sum(fen) as fen, bool_or(is_open) as is_disputed from (
        select payment_id, fen, false as is_open from refunds
        where status in ('pending', 'succeeded') and dispute_id is null
        union all
        select payment_id, 0, true from disputes
        where status not in ('won', 'lost', 'warning_closed', 'prevented')
        union all
        select d.payment_id, -p.fen, false from disputes d join payments y on y.id = d.payment_id
        join ledger_transactions t on t.cause_type = 'dispute' and t.cause_id = d.id
          and t.idempotency_key like 'dispute-lost:%'
        join postings p on p.transaction_id = t.id
        join ledger_accounts a on a.id = p.account_id and a.code = 'dispute:withdrawn'
          || case when y.currency = 'cny' then '' else '-' || y.currency end
      ) each group by 1
    ), took as (
      select y.id, y.fen, t.id as transaction_id, t.kind = 'suspense' as is_aside,
        case when y.currency = 'cny' then '' else '-' || y.currency end as suffix,
        y.payment_intent_id like 'pi\\_seed\\_%' as is_made_up,
        greatest(0, y.fen - coalesce(g.fen, 0)) as left_fen,
        y.paid_at <> t.occurred_at or o.id is null
          or t.kind <> 'suspense' and (y.currency <> 'cny' or exists (select from refunds r
            where r.payment_id = y.id and r.reason in ('late-payment', 'second-payment')))
          or y.status <> case
          when g.is_disputed then 'disputed'
          when g.fen >= y.fen then 'refunded'
          when t.kind = 'suspense' then 'suspense'
          when g.fen > 0 then 'partly-refunded'
          else 'succeeded' end as is_odd
      from payments y
      left join orders o on o.id = y.order_id
      left join gone g on g.payment_id = y.id
      left join ledger_transactions aside on aside.idempotency_key = 'suspense:' || y.id
      join ledger_transactions t on t.idempotency_key
        = case when aside.id is null then 'sale:' || y.order_id else 'suspense:' || y.id end
    ), moved as (
      select took.id, a.code || coalesce(':' || p.order_line_id, '')
        || coalesce(':' || p.relief_account_id, '') as code, p.fen from took
      join postings p on p.transaction_id = took.transaction_id
      join ledger_accounts a on a.id = p.account_id
      where took.is_aside or a.code like 'stripe:%'
      union all
      select id, case when is_made_up then 'stripe:made-up' else 'stripe:clearing' || suffix end,
        -fen from took
      union all
      select id, 'suspense:payments' || suffix, fen from took where is_aside
    ), cause as (
      select 'payment' as type, id, id as payment_id from took where is_aside
      union all
      select 'refund', r.id, r.payment_id from refunds r
      union all
      select 'dispute', d.id, d.payment_id from disputes d
    ), rest as (
      select y.id, y.left_fen, -sum(p.fen) as posted
      from took y join cause c on c.payment_id = y.id
      join ledger_transactions t on t.cause_type = c.type and t.cause_id = c.id
      join postings p on p.transaction_id = t.id
      join ledger_accounts a on a.id = p.account_id and a.code like 'suspense:payments%'
      where y.is_aside group by y.id, y.left_fen
    )
    select distinct id as "paymentId" from (
      select id from moved group by id, code having sum(fen) <> 0
      union all
      select id from took where is_odd
      union all
      select id from rest where posted <> left_fen
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "payment-differs", ...row }));
}
