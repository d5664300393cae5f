import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { lostFen } from "../payments/lost-fen.ts";

export type PaymentDifference =
  | { kind: "sale-unpaid"; orderId: string }
  | { kind: "payment-differs"; paymentId: string }
  | { kind: "dispute-differs"; disputeId: string };

/** So many of each are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Sales of orders that say they were never paid, or at another time, or of which no payment is
 * there but such as were put aside. Locks nothing.
 */
export async function unpaidSales(trx: Transaction<DB>): Promise<PaymentDifference[]> {
  const { rows } = await sql<{ orderId: string }>`
    with paid as (
      select distinct y.order_id from payments y
      left join ledger_transactions aside on aside.idempotency_key = 'suspense:' || y.id
      where aside.id is null
    )
    select o.id as "orderId" from orders o
    join ledger_transactions t on t.idempotency_key = 'sale:' || o.id
    left join paid on paid.order_id = o.id
    where paid.order_id is null or o.paid_at is distinct from t.occurred_at
      or o.status in ('pending-payment', 'expired')
    order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "sale-unpaid", ...row }));
}

/**
 * Payments of which the ledger took in, by the sale or by putting it aside, another amount or
 * currency, or at another time, than they say; or of which there is more or less put aside than
 * refunds and banks have left. Locks nothing.
 */
export async function differingPayments(trx: Transaction<DB>): Promise<PaymentDifference[]> {
  const { rows } = await sql<{ paymentId: string }>`
    with took as (
      select y.id, y.fen, y.paid_at <> t.occurred_at as is_odd, t.id as transaction_id,
        t.kind = 'suspense' as is_aside,
        case when y.currency = 'cny' then '' else '-' || y.currency end as suffix,
        y.payment_intent_id like 'pi\\_seed\\_%' as is_made_up
      from payments y
      left join ledger_transactions aside on aside.idempotency_key = 'suspense:' || y.id
      join ledger_transactions t on t.idempotency_key
        = case when aside.id is null then 'sale:' || y.order_id else 'suspense:' || y.id end
    ), moved as (
      select took.id, a.code, p.fen from took
      join postings p on p.transaction_id = took.transaction_id
      join ledger_accounts a on a.id = p.account_id
      where took.is_aside or a.code like 'stripe:%'
      union all
      select id, case when is_made_up then 'stripe:made-up' else 'stripe:clearing' || suffix end,
        -fen from took
      union all
      select id, 'suspense:payments' || suffix, fen from took where is_aside
    ), rest as (
      select y.id, greatest(0, y.fen - ${lostFen(sql`y.id`)} - (select coalesce(sum(r.fen), 0)
          from refunds r where r.payment_id = y.id and r.status in ('pending', 'succeeded'))) as fen,
        (select -sum(p.fen) from ledger_transactions t
          join postings p on p.transaction_id = t.id
          join ledger_accounts a on a.id = p.account_id and a.code like 'suspense:payments%'
          where t.cause_type = 'payment' and t.cause_id = y.id
            or t.cause_type = 'refund' and t.cause_id in (
              select r.id from refunds r where r.payment_id = y.id)
            or t.cause_type = 'dispute' and t.cause_id in (
              select d.id from disputes d where d.payment_id = y.id)) as posted
      from payments y join took on took.id = y.id and took.is_aside
    )
    select distinct id as "paymentId" from (
      select id from moved group by id, code having sum(fen) <> 0
      union all
      select id from took where is_odd
      union all
      select id from rest where posted <> fen
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "payment-differs", ...row }));
}

/**
 * Disputes of which the ledger holds for lost another amount than their state says: all that the
 * bank took of one that is lost, nothing of any other. Locks nothing.
 */
export async function differingDisputes(trx: Transaction<DB>): Promise<PaymentDifference[]> {
  const { rows } = await sql<{ disputeId: string }>`
    with seen as (
      select t.cause_id, sum(p.fen) filter (where t.idempotency_key like 'dispute:%') as taken,
        -sum(p.fen) filter (where t.idempotency_key like 'dispute-lost:%') as lost
      from ledger_transactions t join postings p on p.transaction_id = t.id
      join ledger_accounts a on a.id = p.account_id and a.code like 'dispute:withdrawn%'
      where t.cause_type = 'dispute' group by 1
    )
    select d.id as "disputeId" from disputes d join seen on seen.cause_id = d.id
    where coalesce(lost, 0) <> case when d.status = 'lost' then coalesce(taken, 0) else 0 end
    order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "dispute-differs", ...row }));
}
