import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type CalledOffDifference = { kind: "called-off-differs"; orderId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Orders with parcels called off whose goods' money went elsewhere than to the buyer, to what is
 * kept for her (owe-buyer.ts, owe-promise.ts) or against the market's loss by a bank's verdict (cover-loss.ts).
 * Worked out from what each account has left of the order, by line and tag, less what refunds are
 * about to take; named is an order where
 * - an account gave more than it had, or keeps something of a parcel that was called off;
 * - a parcel that was called off is said to go on;
 * - what moved to `owed:<slug>` is not, line by line, what was taken from those who sold it, or is
 *   another cooperative's, or of a parcel that goes on;
 * - a loss was paid for by anything else than parcels called off or what was kept for the buyer, by
 *   more than was lost, or by less although the buyer can have no more of what they brought.
 * Locks nothing.
 */
export async function differingCalledOff(trx: Transaction<DB>): Promise<CalledOffDifference[]> {
  const { rows } = await sql<{ orderId: string }>`
    with payment as (
      select y.id, y.order_id from payments y
      left join ledger_transactions aside on aside.idempotency_key = 'suspense:' || y.id
      where aside.id is null
    ), dispute as (
      select d.id, y.order_id from disputes d join payment y on y.id = d.payment_id
    ), concerned as (
      select order_id from parcels where status = 'cancelled'
      union
      select cause_id from ledger_transactions
      where cause_type = 'order' and idempotency_key like 'owed:%'
      union
      select r.order_id from refunds r
      join ledger_transactions t on t.idempotency_key = 'refund-owed:' || r.id
      union
      select d.order_id from dispute d join ledger_transactions t on t.cause_type = 'dispute'
        and t.cause_id = d.id and t.idempotency_key like 'dispute-returned:%'
    ), cause as (
      select 'order' as type, order_id as id, order_id from concerned
      union all
      select 'refund', r.id, r.order_id from refunds r join concerned using (order_id)
      union all
      select 'dispute', d.id, d.order_id from dispute d join concerned using (order_id)
    ), posted as materialized (
      select c.order_id, c.type, t.id, split_part(t.idempotency_key, ':', 1) as of, p.fen, a.code,
        p.order_line_id, p.relief_account_id,
        a.code ~ '^(relief|coop-fee|freight|owed):' as is_part
      from cause c join ledger_transactions t on t.cause_type = c.type and t.cause_id = c.id
      join postings p on p.transaction_id = t.id
      join ledger_accounts a on a.id = p.account_id
    ), asked as (
      select r.order_id, s.account_code as code, s.order_line_id, s.relief_account_id, s.fen
      from refunds r join concerned using (order_id) join refund_parts s on s.refund_id = r.id
      where r.status = 'requested'
    ), had as (
      select order_id, code, order_line_id, relief_account_id, -sum(fen) as fen, sum(asked) as asked
      from (
        select order_id, code, order_line_id, relief_account_id, fen, 0 as asked
        from posted where is_part
        union all
        select order_id, code, order_line_id, relief_account_id, 0, fen from asked
      ) each group by 1, 2, 3, 4
    ), parcel as (
      select p.order_id, p.id, c.slug, p.status = 'cancelled' as is_off, p.carries_freight
      from parcels p join concerned using (order_id) join cooperatives c on c.id = p.cooperative_id
    ), placed as (
      select had.*, coalesce(p.is_off, false) as is_off from had
      left join order_lines l on l.id = had.order_line_id
      left join parcel p on p.order_id = had.order_id and (p.id = l.parcel_id
        or had.order_line_id is null and p.carries_freight and p.slug = split_part(had.code, ':', 2))
    ), taken as (
      select m.order_id, m.id, m.of, m.order_line_id, m.fen, p.slug,
        (p.is_off is true or m.of <> 'owed' and m.code like 'owed:%' and p.slug is not null)
          and m.is_part and (m.fen < 0) = (m.code like 'owed:%' and m.of = 'owed')
          and (m.code like 'relief:%' or split_part(m.code, ':', 2) = p.slug) as is_right
      from posted m
      left join order_lines l on l.id = m.order_line_id
      left join parcel p on p.order_id = m.order_id and (p.id = l.parcel_id
        or m.order_line_id is null and p.carries_freight and p.slug = split_part(m.code, ':', 2))
      where m.of = 'owed' or m.of = 'dispute-returned' and m.code <> 'dispute-loss:market'
    ), loss as (
      select order_id, sum(fen) as fen from posted
      where type in ('dispute', 'refund') and code = 'dispute-loss:market' group by 1
    ), of_bank as (
      select m.order_id, -sum(m.fen) as fen from posted m
      where m.of = 'dispute-lost' and m.code = 'dispute:withdrawn' group by 1
    ), back as (
      select r.order_id, sum(r.fen) filter (where r.status <> 'failed' and r.dispute_id is null) as fen,
        bool_or(r.status = 'requested') as is_asked
      from refunds r join concerned using (order_id) join payment y on y.id = r.payment_id group by 1
    ), kept as (
      select order_id, sum(fen) filter (where is_off or code like 'owed:%') as fen from placed group by 1
    )
    select distinct order_id as "orderId" from (
      select order_id from placed where fen < 0 or is_off and code not like 'owed:%' and fen > asked
      union all
      select p.order_id from parcel_events e join parcels p on p.id = e.parcel_id
      where e.kind = 'cancelled' and p.status <> 'cancelled'
      union all
      select order_id from taken where not is_right
      union all
      select order_id from taken where of = 'owed'
      group by order_id, id, order_line_id, slug having sum(fen) <> 0
      union all
      select o.id from loss join orders o on o.id = loss.order_id
      left join of_bank on of_bank.order_id = o.id left join back on back.order_id = o.id
      left join kept on kept.order_id = o.id
      where loss.fen < 0 and o.status <> 'disputed'
        or loss.fen > 0 and back.is_asked is not true and coalesce(kept.fen, 0)
          > greatest(0, o.total_fen - coalesce(of_bank.fen, 0) - coalesce(back.fen, 0))
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "called-off-differs", ...row }));
}
