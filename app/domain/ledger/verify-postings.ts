import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { GIVEN_BY_BANK } from "../payments/refund-reasons.ts";

export type PostingDifference =
  | { kind: "sale-differs"; orderId: string }
  | { kind: "refund-differs"; refundId: string }
  | { kind: "payout-differs"; payoutId: string };

/** So many of each are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/** SQL: a ledger account; which relief account it is stands in the posting's tag (see differingOwners). */
const BOOK = sql`case when a.code like 'relief:%' then 'relief' else a.code end`;

/**
 * Sales that give an account something else of a line than the order says: a relief account than
 * its allocations, a cooperative than the line's fee and its parcels' freight; what of a line is sent
 * later has moved to a line of its own (divide-parcel.ts), and what replaced something was sold by itself,
 * for what was kept of that (verify-substitutions.ts), beside what the order comes to. One of the two was
 * changed, and the seals say whether it was the ledger. So it was where the order's own parts do
 * not come to it: allocations to their line, in pieces and in fen, lines and freight to the order, or
 * a line is in no parcel of its cooperative.
 * Locks nothing.
 */
export async function differingSales(trx: Transaction<DB>): Promise<PostingDifference[]> {
  const { rows } = await sql<{ orderId: string }>`
    with sale as (
      select o.id as order_id, t.id from orders o
      join ledger_transactions t on t.idempotency_key = 'sale:' || o.id
    ), entry as (
      select order_id, id, false as is_instead from sale
      union all
      select s.order_id, t.id, false from parcel_splits s
      join ledger_transactions t on t.idempotency_key = 'split:' || s.id
      union all
      select s.order_id, t.id, true from substitutions s
      join ledger_transactions t on t.idempotency_key = 'substitute:' || s.id
    ), posted as (
      select entry.order_id, p.order_line_id, p.relief_account_id, ${BOOK} as code, -sum(p.fen) as fen
      from entry join postings p on p.transaction_id = entry.id
      join ledger_accounts a on a.id = p.account_id
      where a.code not like 'stripe:%' and not (entry.is_instead and a.code like 'owed:%')
      group by 1, 2, 3, 4
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
    ), shared as (
      select order_line_id, sum(quantity) as quantity, sum(fen) as fen
      from allocations where state in ('sold', 'returned') group by 1
    ), line as (
      select l.order_id, sum(l.line_fen) filter (where l.substitution_id is null) as fen, bool_or(s.quantity is distinct from l.quantity
        or coalesce(s.fen, 0) + l.fee_fen <> l.line_fen or p.id is null
        or l.quantity * l.unit_price_fen <> l.line_fen) as is_odd
      from order_lines l left join shared s on s.order_line_id = l.id
      left join parcels p on p.id = l.parcel_id and p.order_id = l.order_id
        and p.cooperative_id = l.cooperative_id
      group by 1
    ), freight as (
      select order_id, sum(freight_fen) as fen from parcels group by 1
    )
    select distinct order_id as "orderId" from (
      select order_id from moved
      group by order_id, order_line_id, relief_account_id, code having sum(fen) <> 0
      union all
      select o.id from orders o join sale on sale.order_id = o.id
      left join line on line.order_id = o.id left join freight on freight.order_id = o.id
      where line.is_odd or line.fen is distinct from o.produce_fen
        or freight.fen is distinct from o.freight_fen
        or o.produce_fen + o.freight_fen <> o.total_fen
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "sale-differs", ...row }));
}

/**
 * Refunds that a bank is said to have given by another payment's dispute, or by more than it took for
 * good; that a bank is said to have given under no other number; that are said to stand for one that is there still; that take from an account something else than was said when they were asked for, or bring
 * the buyer another amount, or from elsewhere, than they say; that have other parts than their
 * amount, or parts of accounts that their order's sale never gave anything; or that are said to be wanted only and were given, or given and were taken back (the other
 * way round see `unposted`; what took one back is held to its opposite, see verify-entries.ts). One given by hand that failed before it was heard of (note-failed.ts) has none until it is owed. One of a payment that was put aside has no parts but what was given twice: it takes from where that was put. Nor have the seed's.
 * Locks nothing.
 */
export async function differingRefunds(trx: Transaction<DB>): Promise<PostingDifference[]> {
  const { rows } = await sql<{ refundId: string }>`
    with refund as (
      select r.id, r.order_id, r.fen, r.status, r.bank_reference is not null as is_transfer,
        r.dispute_id,
        aside.id is not null as is_aside, given.id as given_id, back.id is not null as is_back,
        r.stripe_refund_id like 're\\_seed\\_%' as is_made_up,
        r.status = 'failed' and r.reason = 'by-hand' and r.stripe_refund_id is not null as is_unheard,
        r.order_id is distinct from y.order_id
          or not r.idempotency_key like any (array['refund:' || y.id || ':%', 'seed-refund:%'])
          or (r.paid_on is null) <> (r.bank_reference is null)
          or r.dispute_id is not null and (aside.id is not null or not exists (
            select from disputes d where d.id = r.dispute_id and d.payment_id = r.payment_id))
          or r.status = 'failed' and r.failure = ${GIVEN_BY_BANK} and r.dispute_id is null
            and r.stands_for_refund_id is null and not exists (
              select from refunds b where b.stands_for_refund_id = r.id)
          or r.stands_for_refund_id is not null and not exists (
            select from refunds f where f.id = r.stands_for_refund_id
              and f.payment_id = r.payment_id and 'failed' in (f.status, r.status))
          or r.paid_on <> (given.occurred_at at time zone 'Asia/Shanghai')::date as is_foreign,
        case when y.currency = 'cny' then '' else '-' || y.currency end as suffix
      from refunds r left join payments y on y.id = r.payment_id
      left join ledger_transactions aside on aside.idempotency_key = 'suspense:' || y.id
      left join ledger_transactions given on given.idempotency_key = 'refund:' || r.id
      left join ledger_transactions back on back.idempotency_key = 'refund-failed:' || r.id
    ), part as (
      select refund_id, order_line_id, relief_account_id, account_code, fen from refund_parts
      union all
      select id, null, null, 'suspense:payments' || suffix, fen - (
          select coalesce(sum(s.fen), 0) from refund_parts s where s.refund_id = refund.id)
      from refund where is_aside
    ), moved as (
      select r.id, p.order_line_id, p.relief_account_id, a.code, p.fen
      from refund r join postings p on p.transaction_id = r.given_id
      join ledger_accounts a on a.id = p.account_id
      where r.is_made_up is not true or a.code like 'stripe:%'
      union all
      select r.id, s.order_line_id, s.relief_account_id, s.account_code, -s.fen
      from refund r join part s on s.refund_id = r.id where r.given_id is not null
      union all
      select id, null, null, case when is_transfer then 'bank:market' || suffix
        when dispute_id is not null then 'dispute-loss:market'
        when is_made_up then 'stripe:made-up' else 'stripe:clearing' || suffix end, fen
      from refund where given_id is not null
    )
    select distinct id as "refundId" from (
      select id from moved group by id, order_line_id, relief_account_id, code having sum(fen) <> 0
      union all
      select r.id from refund r left join part s on s.refund_id = r.id
      where r.is_made_up is not true group by r.id, r.fen, r.is_unheard, r.given_id
      having coalesce(sum(s.fen), 0) <> r.fen
        and not (r.is_unheard and r.given_id is null and count(s.fen) = 0)
      union all
      select s.refund_id from refund_parts s left join refund r on r.id = s.refund_id
      where r.id is null or r.given_id is null and s.account_code not like 'given-twice:%'
        and not exists (select from ledger_transactions t
        join postings p on p.transaction_id = t.id join ledger_accounts a on a.id = p.account_id
        where (t.cause_type = 'order' and t.cause_id = r.order_id
            or t.idempotency_key = 'refund-owed:' || s.replaces_refund_id)
          and a.code = s.account_code
          and p.order_line_id is not distinct from s.order_line_id
          and p.relief_account_id is not distinct from s.relief_account_id)
      union all
      select r.id from refund r join (
        select dispute_id, sum(fen) as fen from refund where status = 'succeeded' group by 1
      ) by_bank using (dispute_id) cross join lateral (
        select coalesce(-sum(p.fen), 0) as fen from ledger_transactions t
        join postings p on p.transaction_id = t.id
        join ledger_accounts a on a.id = p.account_id and a.code = 'dispute:withdrawn'
        where t.cause_type = 'dispute' and t.cause_id = r.dispute_id
          and t.idempotency_key like 'dispute-lost:%'
      ) lost where by_bank.fen > lost.fen
      union all
      select id from refund where is_foreign
        or given_id is not null and (status = 'requested' or status <> 'failed' and is_back)
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
