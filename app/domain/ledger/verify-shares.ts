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
 * none that it ever had. What of a line is sent by itself (divide-parcel.ts) counts with the line as it
 * was sold, and of each lot has its units' part of the fen, but for one at each parting. Which fee and freight were agreed on then only the order says. Locks nothing.
 */
export async function differingShares(trx: Transaction<DB>): Promise<ShareDifference[]> {
  const { rows } = await sql<{ orderId: string }>`
    with later as (
      select id, split_from_id as root from order_lines where split_from_id is not null
    ), sold as materialized (
      select l.id, coalesce(l.split_from_id, l.id) as root, l.order_id, l.line_fen, l.fee_fen
      from order_lines l join ledger_transactions t on t.idempotency_key = 'sale:' || l.order_id
    ), line as materialized (
      select l.id, l.order_id, l.listing_id, l.cooperative_id, l.unit_price_fen, l.fee_basis_points,
        whole.fee_fen, whole.line_fen * l.fee_basis_points / 10000 as due_fee_fen,
        whole.line_fen - whole.line_fen * l.fee_basis_points / 10000 as rest_fen
      from (select root, sum(line_fen)::bigint as line_fen, sum(fee_fen)::bigint as fee_fen
        from sold group by 1) whole
      join order_lines l on l.id = whole.root
    ), part as (
      select coalesce(later.root, a.order_line_id) as root, a.lot_id, a.quantity::bigint, a.fen
      from allocations a left join later on later.id = a.order_line_id
      where a.state in ('sold', 'returned')
    ), given as (
      select root, lot_id, sum(quantity)::bigint as quantity, sum(fen)::bigint as fen,
        count(*) as parts
      from part group by 1, 2
    ), share as (
      select line.id, line.order_id, g.fen - line.rest_fen * g.quantity / whole.quantity as extra,
        line.rest_fen * g.quantity % whole.quantity as remainder,
        lot.id is null or lot.listing_id <> line.listing_id as is_foreign
      from line
      join (select root, sum(quantity)::bigint as quantity from given group by 1) whole
        on whole.root = line.id
      join given g on g.root = line.id
      left join lots lot on lot.id = g.lot_id
    )
    select distinct order_id as "orderId" from (
      select order_id from share group by order_id, id
      having bool_or(is_foreign or extra not in (0, 1))
        or max(remainder) filter (where extra = 0) > min(remainder) filter (where extra = 1)
      union all
      select line.order_id from given g join line on line.id = g.root
      join part on part.root = g.root and part.lot_id = g.lot_id
      where g.parts > 1
        and abs(part.fen * g.quantity - g.fen * part.quantity) > (g.parts - 1) * g.quantity
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
