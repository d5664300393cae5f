import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { isStandingLine } from "../cycles/needed.ts";

/** What of a line's cycle does not fit it. */
type CycleFault =
  | "another-cooperative"
  | "not-open"
  | "called-off"
  | "not-offered"
  | "ships-otherwise"
  | "not-its-part"
  | "not-said";

export type CycleDifference =
  | { kind: "cycle-differs"; orderId: string; fault: CycleFault }
  | { kind: "cycle-window-differs"; cycleId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Orders of which a line says another cycle than it can have been sold in. That cycle is of the line's
 * cooperative, was open when it was ordered (a minute either way: whoever orders may wait for others),
 * and not called off; where the order stands, it still offers the line's listing and ships on the line's
 * day, as neither may be taken from a buyer. What of a line is sent later was sold in the same cycle, what
 * replaces something in none. A line that says none was not ordered while a cycle that was planned by then
 * sold its listing. Whose order has had its money sent back, or taken by a bank, may stand again after
 * its cycle was changed, and is asked no more than when it was ordered. Locks nothing.
 */
export async function differingCycles(trx: Transaction<DB>): Promise<CycleDifference[]> {
  const { rows } = await sql<{ orderId: string; fault: CycleFault }>`
    with line as (
      select n.order_id, n.listing_id, n.cooperative_id, n.cycle_id, n.ships_from, n.substitution_id,
        n.split_from_id, o.created_at as ordered_at, ${isStandingLine}
          and not exists (select from refunds r where r.order_id = o.id and r.status = 'failed')
          and not exists (select from payments y join disputes d on d.payment_id = y.id
            where y.order_id = o.id) as stands
      from order_lines n join orders o on o.id = n.order_id join parcels p on p.id = n.parcel_id
      where n.cycle_id is not null
    )
    select distinct order_id::text as "orderId", fault from (
      select l.order_id, case
        when c.cooperative_id is distinct from l.cooperative_id then 'another-cooperative'
        when l.ordered_at < c.opens_at - interval '1 minute'
          or l.ordered_at >= c.closes_at + interval '1 minute' then 'not-open'
        when l.ordered_at > c.called_off_at + interval '1 minute' then 'called-off'
        when l.stands and (k.cycle_id is null or k.is_off) then 'not-offered'
        when l.stands and l.ships_from is distinct from c.ships_on then 'ships-otherwise'
        when l.substitution_id is not null then 'not-its-part' end as fault
      from line l left join order_cycles c on c.id = l.cycle_id
      left join cycle_listings k on k.cycle_id = l.cycle_id and k.listing_id = l.listing_id
      union all
      select l.order_id, 'not-its-part' from order_lines l
      join order_lines part on part.id = l.split_from_id
      where l.cycle_id is distinct from part.cycle_id
      union all
      select l.order_id, 'not-said' from cycle_listings k
      join order_lines l on l.listing_id = k.listing_id join orders o on o.id = l.order_id
      where not k.is_off and l.cycle_id is null and l.split_from_id is null
        and l.substitution_id is null
        and o.created_at > greatest(k.opens_at, k.created_at) + interval '1 minute'
        and o.created_at < k.closes_at - interval '1 minute'
    ) each where fault is not null order by 1, 2 limit ${MOST_NAMED}`.execute(trx);
  const { rows: windows } = await sql<{ cycleId: string }>`
    select distinct k.cycle_id::text as "cycleId" from cycle_listings k
    left join order_cycles c on c.id = k.cycle_id left join listings l on l.id = k.listing_id
    where (k.opens_at, k.closes_at, k.is_off)
        is distinct from (c.opens_at, c.closes_at, c.called_off_at is not null)
      or l.cooperative_id is distinct from c.cooperative_id
    order by 1 limit ${MOST_NAMED}`.execute(trx);
  return [
    ...rows.map((row) => ({ kind: "cycle-differs" as const, ...row })),
    ...windows.map((row) => ({ kind: "cycle-window-differs" as const, ...row })),
  ];
}
