import { sql } from "kysely";

/**
 * SQL: what stands on accounts of what is owed to buyers, by order, account and line (order_id, code,
 * order_line_id, fen), less what is on its way to them.
 */
export const OWED_BY_LINE = sql`
  select order_id, code, order_line_id, -sum(fen)::bigint as fen from (
    select coalesce(r.order_id, y.order_id, t.cause_id) as order_id, a.code, p.order_line_id, p.fen
    from ledger_accounts a
    join postings p on p.account_id = a.id
    join ledger_transactions t on t.id = p.transaction_id
    left join refunds r on t.cause_type = 'refund' and r.id = t.cause_id
    left join disputes d on t.cause_type = 'dispute' and d.id = t.cause_id
    left join payments y on y.id = d.payment_id
    where a.code like 'owed:%'
    union all
    select r.order_id, s.account_code, s.order_line_id, s.fen
    from refunds r join refund_parts s on s.refund_id = r.id
    where r.status = 'requested' and s.account_code like 'owed:%'
  ) moved group by 1, 2, 3`;

/** SQL: the same by order (order_id, fen). */
export const OWED = sql`
  select order_id, sum(fen)::bigint as fen from (${OWED_BY_LINE}) each group by 1`;
