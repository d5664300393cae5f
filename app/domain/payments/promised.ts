import { type RawBuilder, sql } from "kysely";
import { isStanding } from "./let-go.ts";

/**
 * SQL: what was promised to buyers by refunds `r` that failed, and what was given in the stead of
 * each (less than zero), by account of what is kept and line. What a failed refund had given in the
 * stead of another is the other's again.
 */
const claims = (isAsked: RawBuilder<boolean>) => sql`
  select r.order_id, r.id, a.code, p.order_line_id, -p.fen as fen
  from refunds r join ledger_transactions t on t.idempotency_key = 'refund-owed:' || r.id
  join postings p on p.transaction_id = t.id
  join ledger_accounts a on a.id = p.account_id and a.code like 'owed:%'
  where r.status = 'failed' and ${isAsked}
  union all
  select r.order_id, r.id, s.account_code, s.order_line_id, s.fen
  from refunds r join refund_parts s on s.refund_id = r.id
  where r.status = 'failed' and ${isAsked} and r.bank_reference is null
    and ${isStanding("r")}
    and s.account_code like 'owed:%' and s.replaces_refund_id is null
  union all
  select r.order_id, r.id, s.account_code, s.order_line_id, -s.fen
  from refunds r join refund_parts s on s.replaces_refund_id = r.id
  join refunds g on g.id = s.refund_id and g.status <> 'failed'
  where r.status = 'failed' and ${isAsked}`;

/**
 * SQL: what of `kept` (order_id, code, order_line_id, fen: what stands on `owed:<slug>` and is on its
 * way to nobody) was promised by which failed refund: order_id, refund_id, code, order_line_id, fen
 * above zero. Where a bank has given the buyer a part of it, the oldest promises are what is left.
 * `isAsked` says of which refunds `r`.
 */
export const promisedOf = (kept: RawBuilder<unknown>, isAsked: RawBuilder<boolean>) => sql`
  select * from (
    select c.order_id, c.id as refund_id, c.code, c.order_line_id,
      least(c.fen, k.fen - c.earlier)::bigint as fen
    from (
      select order_id, id, code, order_line_id, sum(fen) as fen, sum(sum(fen)) over (
        partition by order_id, code, order_line_id order by id) - sum(fen) as earlier
      from (${claims(isAsked)}) claim group by 1, 2, 3, 4
    ) c
    join (${kept}) k on k.order_id = c.order_id and k.code = c.code
      and k.order_line_id is not distinct from c.order_line_id
  ) promised where fen > 0`;
