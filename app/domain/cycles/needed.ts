import { type RawBuilder, sql } from "kysely";
import { paidOrderStatuses, stoppedOrderStatuses } from "../parcels/paid-orders.ts";

const LEAVING = paidOrderStatuses.filter((status) => !stoppedOrderStatuses.includes(status));

/**
 * SQL of order lines `n`: what is, or was, really to be brought for them. Paid, its parcel not called
 * off, and as long as that is not packed, neither stopped nor given back whole: what was given back
 * later, for spoiled goods, was brought all the same.
 */
const isBrought = sql<boolean>`o.paid_at is not null and p.status <> 'cancelled'
  and (p.status not in ('waiting', 'accepted') or (o.status = any(${LEAVING}) and n.line_fen > (
    select coalesce(sum(s.fen), 0) from refund_parts s join refunds r on r.id = s.refund_id
    where s.order_line_id = n.id and r.status <> 'failed')))`;

/**
 * SQL of what each household brings of each listing in the cycles that `where` lets through (of order
 * lines `n`, lots `lot`): `cycle_id`, `household_id`, `listing_id`, `line_id` (one of its lines, for
 * its words), `quantity` in sale units and `grams`. What is said to be short is not brought.
 */
export function neededIn(where: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select n.cycle_id, lot.household_id, n.listing_id, max(n.id::text)::uuid as line_id,
      sum(a.quantity - a.short_units)::int as quantity,
      sum((a.quantity - a.short_units) * n.unit_grams)::bigint as grams
    from order_lines n join orders o on o.id = n.order_id join parcels p on p.id = n.parcel_id
    join allocations a on a.order_line_id = n.id and a.state = 'sold'
    join lots lot on lot.id = a.lot_id
    where ${where} and ${isBrought}
    group by n.cycle_id, lot.household_id, n.listing_id, n.unit, n.unit_grams
    having sum(a.quantity - a.short_units) > 0`;
}

/** SQL over `neededIn` as `n` and its line `l`: `ToBring` as an array, by name. */
export const GOODS = sql`jsonb_agg(jsonb_build_object('listingId', n.listing_id, 'titleZh', l.title_zh,
  'titleEn', l.title_en, 'grade', l.grade, 'unit', l.unit, 'unitGrams', l.unit_grams,
  'quantity', n.quantity, 'grams', n.grams) order by l.title_zh, n.listing_id)`;

/** SQL over a cycle `c` and a village's place `p` in it: `Meeting`; null where nobody has said when and where. */
export const MEETING = sql`case when p.place is not null then jsonb_build_object('place', p.place,
  'collectsOn', coalesce(p.collects_on, c.collects_on), 'fromMinute', p.from_minute,
  'untilMinute', p.until_minute) end`;

/** SQL, true of an order line `n` with order `o` and parcel `p` that still stands, paid or not. */
export const isStandingLine = sql<boolean>`(p.status <> 'cancelled'
  and o.status not in ('expired', 'cancelled', 'refunded'))`;
