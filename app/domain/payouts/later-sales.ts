import { type RawBuilder, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";

type LaterSales = RawBuilder<{ relief_account_id: string; fen: number }>;

/**
 * SQL: what relief accounts of the scope's households hold of lines that were sold after the last
 * moment of `soldUntil`, a day in Shanghai, in fen (relief_account_id, fen). A line's refunds, also
 * those under way, count against the line itself: they take nothing from what was sold before. With
 * null no sale is later.
 */
export function laterSales(scope: CoopScope, soldUntil: string | null): LaterSales {
  if (soldUntil === null) {
    return sql`(select null::uuid as relief_account_id, 0::bigint as fen where false)`;
  }
  return sql`(
    select sold.relief_account_id,
      sum(greatest(0, sold.fen - coalesce(after.fen, 0) - coalesce(back.fen, 0))) as fen
    from (
      select p.account_id, p.relief_account_id, p.order_line_id, -sum(p.fen) as fen
      from ledger_transactions t
      join postings p on p.transaction_id = t.id
      join relief_accounts r on r.id = p.relief_account_id
      join households h on h.id = r.household_id and h.cooperative_id = ${scope.cooperativeId}
      where t.kind = 'sale'
        and t.occurred_at >= (${soldUntil}::date + 1)::timestamp at time zone 'Asia/Shanghai'
      group by 1, 2, 3) sold
    left join lateral (
      select sum(p.fen) as fen from postings p
      join ledger_transactions t on t.id = p.transaction_id and t.kind <> 'sale'
      where p.order_line_id = sold.order_line_id and p.account_id = sold.account_id) after on true
    left join (
      select part.relief_account_id, part.order_line_id, sum(part.fen) as fen
      from refunds asked join refund_parts part on part.refund_id = asked.id
      where asked.status = 'requested' group by 1, 2) back
      on back.relief_account_id = sold.relief_account_id and back.order_line_id = sold.order_line_id
    group by 1)`;
}
