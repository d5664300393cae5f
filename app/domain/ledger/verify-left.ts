import { type RawBuilder, sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type LeftDifference =
  | { kind: "left-differs"; orderId: string }
  | { kind: "split-differs"; refundId: string };

/** So many of each are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * SQL: what each account has left of the orders of `concerned` (order_id), by line and tag:
 * order_id, code, order_line_id, relief_account_id, `fen` by the ledger, and `asked`, what refunds
 * under way will take.
 */
export const leftOf = (concerned: RawBuilder<unknown>) => sql`
  select order_id, code, order_line_id, relief_account_id, -sum(fen) as fen, sum(asked) as asked
  from (
    select c.order_id, a.code, p.order_line_id, p.relief_account_id, p.fen, 0 as asked
    from (
      select 'order' as type, order_id as id, order_id from (${concerned}) of_order
      union all
      select 'refund', r.id, r.order_id from refunds r join (${concerned}) of_refund using (order_id)
      union all
      select 'dispute', d.id, y.order_id from disputes d join payments y on y.id = d.payment_id
      join (${concerned}) of_dispute on of_dispute.order_id = y.order_id
    ) c
    join ledger_transactions t on t.cause_type = c.type and t.cause_id = c.id
    join postings p on p.transaction_id = t.id
    join ledger_accounts a on a.id = p.account_id and a.code ~ '^(relief|coop-fee|freight|owed):'
    union all
    select r.order_id, s.account_code, s.order_line_id, s.relief_account_id, 0, s.fen
    from refunds r join (${concerned}) of_asked using (order_id)
    join refund_parts s on s.refund_id = r.id and s.account_code ~ '^(relief|coop-fee|freight|owed):'
    where r.status = 'requested'
  ) each group by 1, 2, 3, 4`;

/**
 * Orders of which some account (a household's, a fee, freight, what is kept for the buyer), line by
 * line, gave more than it had, or will by refunds under way. These are not counted where a bank has
 * decided: what it gave the buyer pays for them. All that is moved of an order after its sale is by a
 * refund, a dispute or to what is kept. Locks nothing.
 */
export async function overdrawnOrders(trx: Transaction<DB>): Promise<LeftDifference[]> {
  const concerned = sql`
    select order_id from refunds
    union
    select y.order_id from disputes d join payments y on y.id = d.payment_id
    union
    select order_id from substitutions where state = 'accepted'
    union
    select cause_id from ledger_transactions
    where cause_type = 'order' and idempotency_key like 'owed:%'`;
  const { rows } = await sql<{ orderId: string }>`
    with concerned as materialized (${concerned}), decided as (
      select y.order_id from disputes d join payments y on y.id = d.payment_id
      join ledger_transactions t on t.cause_type = 'dispute' and t.cause_id = d.id
        and t.idempotency_key like 'dispute-lost:%'
    )
    select distinct order_id as "orderId" from (${leftOf(sql`select order_id from concerned`)}) l
    where fen < 0
      or fen < asked and not exists (select from decided where decided.order_id = l.order_id)
    order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "left-differs", ...row }));
}

/**
 * Refunds, and what replaced something of a line (named by its proposal), that take of its fee and households, each, something else than its part in what they
 * take of the line. Each takes in proportion to what the parts have left (plan-refund.ts), which is
 * their part in the sale but for the fen that were rounded whenever something was taken before: so
 * much is let pass, for each time and each part of the line. Locks nothing.
 */
export async function unevenRefunds(trx: Transaction<DB>): Promise<LeftDifference[]> {
  const { rows } = await sql<{ refundId: string }>`
    with given as (
      select s.refund_id, r.order_id, s.order_line_id, s.account_code, s.fen
      from refund_parts s join refunds r on r.id = s.refund_id
      where s.order_line_id is not null and s.account_code ~ '^(relief|coop-fee):'
      union all
      select b.id, b.order_id, b.order_line_id, s.account_code, s.fen
      from substitution_parts s join substitutions b on b.id = s.substitution_id
    ), taken as (
      select refund_id, order_id, order_line_id, sum(fen) as fen from given group by 1, 2, 3
    ), line as (
      select l.id, l.line_fen, l.fee_fen, 'coop-fee:' || c.slug as fee_code
      from order_lines l join cooperatives c on c.id = l.cooperative_id
      where l.id in (select order_line_id from taken)
    ), seller as (
      select id, line_fen, fee_code as code, fee_fen as fen from line
      union all
      select line.id, line.line_fen, 'relief:' || r.code, sum(a.fen)
      from line join allocations a on a.order_line_id = line.id and a.state in ('sold', 'returned')
      join relief_accounts r on r.id = a.relief_account_id group by line.id, line.line_fen, r.code
    ), times as (
      select order_id, count(*) as times from (
        select order_id from refunds where order_id in (select order_id from taken)
        union all
        select order_id from substitutions where state = 'accepted'
        union all
        select y.order_id from disputes d join payments y on y.id = d.payment_id
        join ledger_transactions t on t.cause_type = 'dispute' and t.cause_id = d.id
          and t.idempotency_key like 'dispute-returned:%'
      ) each group by 1
    )
    select distinct taken.refund_id as "refundId"
    from taken
    join (select seller.*, count(*) over (partition by id) as parts from seller) seller
      on seller.id = taken.order_line_id
    join times on times.order_id = taken.order_id
    left join (select refund_id, order_line_id, account_code, sum(fen) as fen from given
      group by 1, 2, 3) part on part.refund_id = taken.refund_id
      and part.order_line_id = taken.order_line_id and part.account_code = seller.code
    where abs(coalesce(part.fen, 0) * seller.line_fen - taken.fen * seller.fen)
      > (times.times + 1) * (seller.parts + 1) * seller.line_fen
    order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "split-differs", ...row }));
}
