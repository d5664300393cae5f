import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type PostingDifference =
  | { kind: "sale-differs"; orderId: string }
  | { kind: "refund-differs"; refundId: string }
  | { kind: "payout-differs"; payoutId: string }
  | { kind: "unexplained"; transactionId: string };

/** So many of each are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/** SQL: a ledger account; which relief account it is stands in the posting's tag (see differingOwners). */
const BOOK = sql`case when a.code like 'relief:%' then 'relief' else a.code end`;

/**
 * Sales that give an account something else of a line than the order says: a relief account than
 * its allocations, a cooperative than the line's fee and its parcels' freight. One of the two was
 * changed, and the seals say whether it was the ledger. Locks nothing.
 */
export async function differingSales(trx: Transaction<DB>): Promise<PostingDifference[]> {
  const { rows } = await sql<{ orderId: string }>`
    with sale as (
      select o.id as order_id, t.id from orders o
      join ledger_transactions t on t.idempotency_key = 'sale:' || o.id
    ), posted as (
      select sale.order_id, p.order_line_id, p.relief_account_id, ${BOOK} as code, -sum(p.fen) as fen
      from sale join postings p on p.transaction_id = sale.id
      join ledger_accounts a on a.id = p.account_id
      where a.code not like 'stripe:%' group by 1, 2, 3, 4
    ), owed as (
      select l.order_id, l.id as order_line_id, a.relief_account_id, 'relief' as code, a.fen
      from sale join order_lines l on l.order_id = sale.order_id
      join allocations a on a.order_line_id = l.id and a.state in ('sold', 'returned')
      union all
      select l.order_id, l.id, null, 'coop-fee:' || c.slug, l.fee_fen
      from sale join order_lines l on l.order_id = sale.order_id
      join cooperatives c on c.id = l.cooperative_id
      union all
      select p.order_id, null, null, 'freight:' || c.slug, p.freight_fen
      from sale join parcels p on p.order_id = sale.order_id
      join cooperatives c on c.id = p.cooperative_id
    ), due as (
      select order_id, order_line_id, relief_account_id, code, sum(fen) as fen
      from owed group by 1, 2, 3, 4 having sum(fen) <> 0
    ), moved as (
      select order_id, order_line_id, relief_account_id, code, fen from posted
      union all
      select order_id, order_line_id, relief_account_id, code, -fen from due
    )
    select distinct order_id as "orderId" from (
      select order_id from moved
      group by order_id, order_line_id, relief_account_id, code having sum(fen) <> 0
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "sale-differs", ...row }));
}

/**
 * Refunds that take from an account something else than was said when they were asked for, or that
 * the market's bank is said to have paid and did not, or paid and is not said to. One of a payment
 * that was put aside has no parts: it takes from where that was put. What took a refund back is held
 * to its opposite. Locks nothing.
 */
export async function differingRefunds(trx: Transaction<DB>): Promise<PostingDifference[]> {
  const { rows } = await sql<{ refundId: string }>`
    with entry as (
      select r.id, r.payment_id, r.fen, r.bank_reference, t.id as transaction_id, word, sign
      from (values ('refund:', 1), ('refund-failed:', -1)) turn(word, sign)
      cross join refunds r
      join ledger_transactions t on t.idempotency_key = word || r.id
    ), moved as (
      select e.id, e.word, p.order_line_id, p.relief_account_id, ${BOOK} as code, p.fen
      from entry e
      join postings p on p.transaction_id = e.transaction_id
      join ledger_accounts a on a.id = p.account_id and a.code not like 'stripe:%'
      union all
      select e.id, e.word, s.order_line_id, s.relief_account_id,
        case when s.account_code like 'relief:%' then 'relief' else s.account_code end,
        -s.fen * e.sign
      from entry e join refund_parts s on s.refund_id = e.id
      union all
      select e.id, e.word, null, null, kept.code || case when y.currency = 'cny' then ''
        else '-' || y.currency end, kept.fen * e.sign
      from entry e
      join payments y on y.id = e.payment_id
      cross join lateral (
        select 'bank:market' as code, e.fen where e.bank_reference is not null
        union all
        select 'suspense:payments', -e.fen
        where not exists (select from refund_parts s where s.refund_id = e.id)
      ) kept
    )
    select distinct id as "refundId" from (
      select id from moved group by id, word, order_line_id, relief_account_id, code
      having sum(fen) <> 0
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "refund-differs", ...row }));
}

/**
 * Payouts, and returns of them, that move another amount or on another household's account than
 * the payout says, or for no payout at all. Locks nothing.
 */
export async function differingPayouts(trx: Transaction<DB>): Promise<PostingDifference[]> {
  const { rows } = await sql<{ payoutId: string }>`
    with moved as (
      select t.cause_id as id, t.kind, ${BOOK} as code, p.relief_account_id, p.fen
      from ledger_transactions t join postings p on p.transaction_id = t.id
      join ledger_accounts a on a.id = p.account_id and a.code <> 'payout:clearing'
      where t.kind in ('payout', 'payout-bounce')
      union all
      select o.id, t.kind, 'relief', o.relief_account_id, -o.fen from payouts o
      join ledger_transactions t on t.idempotency_key = 'payout:' || o.id
      where o.status in ('paid', 'bounced')
      union all
      select o.id, t.kind, 'relief', o.relief_account_id, o.fen from payouts o
      join ledger_transactions t on t.idempotency_key = 'payout-bounce:' || o.id
      where o.status = 'bounced'
    )
    select distinct id as "payoutId" from (
      select id from moved group by id, kind, code, relief_account_id having sum(fen) <> 0
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "payout-differs", ...row }));
}

/** Opening balances: the market began with empty books, so nothing of it posts any. Locks nothing. */
export async function unexplained(trx: Transaction<DB>): Promise<PostingDifference[]> {
  const { rows } = await sql<{ transactionId: string }>`
    select id as "transactionId" from ledger_transactions where kind = 'opening'
    order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "unexplained", ...row }));
}
