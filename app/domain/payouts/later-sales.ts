import { type RawBuilder, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import { familyOf } from "../orders/line-family.ts";

type LaterSales = RawBuilder<{ relief_account_id: string; fen: number }>;

/**
 * SQL: whether a run has paid `sold`: the first payout of its account prepared after it was posted, by a
 * run that reached its day; had that come back from the bank, the next one prepared after that. Never the
 * same again: a clock that stepped back may have stamped it later than what sent it back.
 */
const attempt = (since: RawBuilder<unknown>) => sql`
  select o.created_at, o.id, back.created_at as back_at
  from payouts o join payout_runs run on run.id = o.payout_run_id
  left join ledger_transactions back on back.idempotency_key = 'payout-bounce:' || o.id
  where o.relief_account_id = sold.relief_account_id and o.status <> 'cancelled'
    and (run.sold_until is null or run.sold_until >= sold.day) and ${since}
  order by o.created_at, o.id limit 1`;
const IS_PAID = sql<boolean>`exists (
  with recursive tried as (
    (${attempt(sql`o.created_at >= sold.posted_at`)})
    union all
    select again.* from tried cross join lateral (${attempt(
      sql`o.created_at >= tried.back_at and (o.created_at, o.id) > (tried.created_at, tried.id)`,
    )}) again
  ) select from tried where back_at is null)`;

/**
 * SQL: what relief accounts of the scope's households hold of lines that were sold after the last
 * moment of `soldUntil`, a day in Shanghai, and that no run has paid, in fen (relief_account_id, fen):
 * what was paid of later days takes nothing from what earlier ones are due now, as after a bounce or
 * a late settlement; what such a run withheld is due since. A line's refunds, also those under way, count against the line itself: they take
 * nothing from what was sold before. With null no sale is later. Moments are the database's own.
 */
export function laterSales(scope: CoopScope, soldUntil: string | null): LaterSales {
  if (soldUntil === null) {
    return sql`(select null::uuid as relief_account_id, 0::bigint as fen where false)`;
  }
  return sql`(
    select sold.relief_account_id,
      sum(greatest(0, sold.fen - coalesce(after.fen, 0) - coalesce(back.fen, 0))) as fen
    from (
      select p.account_id, p.relief_account_id, p.order_line_id, -sum(p.fen) as fen,
        (t.occurred_at at time zone 'Asia/Shanghai')::date as day, t.created_at as posted_at
      from ledger_transactions t
      join postings p on p.transaction_id = t.id
      join relief_accounts r on r.id = p.relief_account_id
      join households h on h.id = r.household_id and h.cooperative_id = ${scope.cooperativeId}
      where t.kind = 'sale'
        and t.occurred_at >= (${soldUntil}::date + 1)::timestamp at time zone 'Asia/Shanghai'
      group by 1, 2, 3, 5, 6) sold
    left join lateral (
      select sum(p.fen) as fen from postings p
      join ledger_transactions t on t.id = p.transaction_id and t.kind <> 'sale'
      where p.order_line_id in ${familyOf(sql`sold.order_line_id`)}
        and p.account_id = sold.account_id) after on true
    left join (
      select part.relief_account_id, coalesce(l.split_from_id, l.id) as order_line_id,
        sum(part.fen) as fen
      from refunds asked join refund_parts part on part.refund_id = asked.id
      join order_lines l on l.id = part.order_line_id
      where asked.status = 'requested' group by 1, 2) back
      on back.relief_account_id = sold.relief_account_id and back.order_line_id = sold.order_line_id
    left join (
      select relief_account_id, max(created_at) as last_at from payouts
      where status <> 'cancelled' group by 1) attempts
      on attempts.relief_account_id = sold.relief_account_id
    -- Of most accounts nobody has tried to pay since: each line's attempts are not looked up then.
    where coalesce(attempts.last_at < sold.posted_at, true) or not ${IS_PAID}
    group by 1)`;
}
