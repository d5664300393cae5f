import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type StockDifference = { kind: "stock-differs"; lotId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Lots that say of other quantities than their allocations that they are held, or sold, or whose
 * parts do not add up to what was brought in; and those of which something is held for an order
 * that waits for no payment, or let go for one that does, or back on sale of a parcel that goes on, or
 * sold in one that was called off, or short without somebody's having said so. What is held for a buyer who is asked what may replace
 * something (propose-substitute.ts) is held by that. How much was brought in, and taken off
 * sale, its household says; nothing else could. Locks nothing.
 */
export async function differingLots(trx: Transaction<DB>): Promise<StockDifference[]> {
  const { rows } = await sql<{ lotId: string }>`
    with short as (
      select order_line_id, sum(units)::int as units from (
        select order_line_id, quantity as units from line_shortages
        union all select order_line_id, missing_units from substitutions where state = 'accepted'
        union all select order_line_id, -short_units from allocations where short_units > 0
      ) each group by 1 having sum(units) <> 0
    ), offered as (
      select h.lot_id, sum(h.quantity) as held from substitutions s
      join substitution_lots h on h.substitution_id = s.id where s.state = 'open' group by 1
    ), taken as (
      select a.lot_id, coalesce(sum(a.quantity) filter (where a.state = 'held'), 0) as held,
        coalesce(sum(a.quantity - a.short_units) filter (where a.state = 'sold'), 0) as sold,
        bool_or(a.state <> 'held' and o.status = 'pending-payment'
          or a.state = 'held' and o.status <> 'pending-payment'
          or a.short_units not between 0 and a.quantity
          or a.short_units > 0 and a.state not in ('sold', 'returned') or short.units is not null
          or a.state in ('sold', 'returned') and (a.state = 'sold') = (p.status = 'cancelled')) as is_odd
      from allocations a left join order_lines l on l.id = a.order_line_id
      left join orders o on o.id = l.order_id
      left join parcels p on p.id = l.parcel_id
      left join short on short.order_line_id = a.order_line_id group by 1
    )
    select coalesce(t.id, taken.lot_id) as "lotId" from lots t full join taken on taken.lot_id = t.id
    left join offered on offered.lot_id = t.id
    where t.id is null or taken.is_odd or t.held <> coalesce(taken.held, 0) + coalesce(offered.held, 0)
      or t.sold <> coalesce(taken.sold, 0)
      or t.available + t.held + t.sold + t.taken_out <> t.quantity_in
      or least(t.available, t.held, t.sold, t.taken_out) < 0
    order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "stock-differs", ...row }));
}
