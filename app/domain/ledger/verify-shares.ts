import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type ShareDifference = { kind: "shares-differ"; orderId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Sold orders whose lines are not split as split-line.ts says: the fee of its basis points rounded
 * down, the same for all lines of a cooperative, the rest to the lots by what each gave, the few fen
 * left over to the largest remainders (among equal ones to any: which came first no row keeps). Or
 * of which a lot is of another listing than its line, the listing another cooperative's, or the price
 * none that it ever had. Which fee and freight were agreed on then only the order says. Locks nothing.
 */
export async function differingShares(trx: Transaction<DB>): Promise<ShareDifference[]> {
  const { rows } = await sql<{ orderId: string }>`
    with line as materialized (
      select l.id, l.order_id, l.listing_id, l.cooperative_id, l.unit_price_fen, l.fee_basis_points,
        l.fee_fen, l.line_fen * l.fee_basis_points / 10000 as due_fee_fen,
        l.line_fen - l.line_fen * l.fee_basis_points / 10000 as rest_fen
      from order_lines l join ledger_transactions t on t.idempotency_key = 'sale:' || l.order_id
    ), share as (
      select line.id, line.order_id, a.fen - line.rest_fen * a.quantity / whole.quantity as extra,
        line.rest_fen * a.quantity % whole.quantity as remainder,
        lot.id is null or lot.listing_id <> line.listing_id as is_foreign
      from line
      join (select order_line_id, sum(quantity)::bigint as quantity from allocations
        where state in ('sold', 'returned') group by 1) whole on whole.order_line_id = line.id
      join allocations a on a.order_line_id = line.id and a.state in ('sold', 'returned')
      left join lots lot on lot.id = a.lot_id
    )
    select distinct order_id as "orderId" from (
      select order_id from share group by order_id, id
      having bool_or(is_foreign or extra not in (0, 1))
        or max(remainder) filter (where extra = 0) > min(remainder) filter (where extra = 1)
      union all
      select line.order_id from line left join listings g on g.id = line.listing_id
      where line.fee_fen <> due_fee_fen or g.id is null or g.cooperative_id <> line.cooperative_id
        or line.unit_price_fen <> g.price_fen and not exists (select from listing_changes c
          where c.listing_id = g.id and c.what = 'price'
            and line.unit_price_fen::text in (c.before, c.after))
      union all
      select order_id from line group by order_id, cooperative_id
      having min(fee_basis_points) <> max(fee_basis_points)
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "shares-differ", ...row }));
}
