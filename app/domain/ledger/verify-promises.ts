import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { isStanding } from "../payments/let-go.ts";

export type PromiseDifference = { kind: "promise-differs"; refundId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Refunds that failed and of which something else is kept for the buyer (owe-promise.ts) than, account
 * by account and line by line, they were to take from those who sold: nothing at all, or of one that
 * has not failed; or kept by another cooperative than the line's. And refunds in whose stead more was
 * given, line by line, than they had promised out of what is kept, or by a refund of another payment;
 * and those of an order for which less is kept, but for what a bank's verdict took, than they promised.
 * Locks nothing.
 */
export async function differingPromises(trx: Transaction<DB>): Promise<PromiseDifference[]> {
  const { rows } = await sql<{ refundId: string }>`
    with kept as (
      select r.id, r.order_id, r.status, r.bank_reference, r.failure, t.id as transaction_id
      from refunds r left join ledger_transactions t on t.idempotency_key = 'refund-owed:' || r.id
      where t.id is not null or r.status = 'failed'
        and ${isStanding("r")}
    ), part as (
      select k.id, s.account_code, s.order_line_id, s.relief_account_id, s.fen, c.slug
      from kept k join refund_parts s on s.refund_id = k.id
      left join order_lines l on l.id = s.order_line_id
      left join parcels p on p.order_id = k.order_id and p.id = l.parcel_id
      left join cooperatives c on c.id = p.cooperative_id
        or l.id is null and s.account_code = 'freight:' || c.slug
      where s.account_code ~ '^(relief|coop-fee|freight):'
    ), moved as (
      select k.id, a.code, p.order_line_id, p.relief_account_id, p.fen
      from kept k join postings p on p.transaction_id = k.transaction_id
      join ledger_accounts a on a.id = p.account_id
      union all
      select id, account_code, order_line_id, relief_account_id, -fen from part
      union all
      select id, 'owed:' || slug, order_line_id, null, fen from part
    ), promise as (
      select k.id, k.order_id, a.code, p.order_line_id, -p.fen as fen
      from kept k join postings p on p.transaction_id = k.transaction_id
      join ledger_accounts a on a.id = p.account_id and a.code like 'owed:%'
      union all
      select k.id, k.order_id, s.account_code, s.order_line_id, s.fen
      from kept k join refund_parts s on s.refund_id = k.id
      where k.bank_reference is null and s.account_code like 'owed:%'
        and s.replaces_refund_id is null
      union all
      select s.replaces_refund_id, g.order_id, s.account_code, s.order_line_id, -s.fen
      from refund_parts s join refunds g on g.id = s.refund_id
      where s.replaces_refund_id is not null and g.status <> 'failed'
    ), owed as (
      select t.cause_id as order_id, a.code, p.order_line_id, -p.fen as fen
      from ledger_accounts a join postings p on p.account_id = a.id
      join ledger_transactions t on t.id = p.transaction_id and t.cause_type = 'order'
      where a.code like 'owed:%'
      union all
      select r.order_id, a.code, p.order_line_id, -p.fen
      from ledger_accounts a join postings p on p.account_id = a.id
      join ledger_transactions t on t.id = p.transaction_id and t.cause_type = 'refund'
      join refunds r on r.id = t.cause_id
      where a.code like 'owed:%'
      union all
      select r.order_id, s.account_code, s.order_line_id, -s.fen
      from refunds r join refund_parts s on s.refund_id = r.id
      where r.status = 'requested' and s.account_code like 'owed:%'
    ), lacking as (
      select order_id from (
        select order_id, code, order_line_id, fen from owed
        union all
        select order_id, code, order_line_id, -fen from promise
      ) each group by order_id, code, order_line_id having sum(fen) < 0
    )
    select distinct id as "refundId" from (
      select id from moved group by id, code, order_line_id, relief_account_id having sum(fen) <> 0
      union all
      select id from kept where transaction_id is not null
        and (status <> 'failed' or not ${isStanding("kept")})
      union all
      select id from promise group by id, code, order_line_id having sum(fen) < 0
      union all
      select p.id from promise p join lacking using (order_id)
      union all
      select s.refund_id from refund_parts s join refunds g on g.id = s.refund_id
      left join refunds r on r.id = s.replaces_refund_id
      where s.replaces_refund_id is not null and (r.payment_id is distinct from g.payment_id
        or r.id = g.id or r.status <> 'failed' or s.account_code not like 'owed:%')
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "promise-differs", ...row }));
}
