import { type RawBuilder, sql } from "kysely";
import type { SaleWindow } from "./window-rule.ts";

/**
 * SQL of the window of a listing as of `now`, as JSON; null of one that is sold at any time. `listing`
 * is the alias of `listings` in the statement.
 */
export function windowOf(listing: string, now: Date): RawBuilder<SaleWindow | null> {
  return sql<SaleWindow | null>`case when ${sql.ref(`${listing}.sold_in_cycles`)} then coalesce((
    select jsonb_build_object('isOpen', k.opens_at <= ${now}::timestamptz, 'opensAt', k.opens_at,
      'closesAt', k.closes_at, 'shipsOn', c.ships_on)
    from cycle_listings k join order_cycles c on c.id = k.cycle_id
    where k.listing_id = ${sql.ref(`${listing}.id`)} and not k.is_off
      and k.closes_at > ${now}::timestamptz
    order by k.closes_at limit 1),
    '{"isOpen": false, "opensAt": null, "closesAt": null, "shipsOn": null}'::jsonb) end`;
}

/**
 * SQL, true of a listing that is sold at any time, or in a cycle that is open `now`; by the database's
 * clock where none is given.
 */
export function isInWindow(listing: string, now?: Date): RawBuilder<boolean> {
  const at = now ? sql`${now}::timestamptz` : sql`now()`;
  return sql<boolean>`(not ${sql.ref(`${listing}.sold_in_cycles`)} or exists (
    select from cycle_listings k where k.listing_id = ${sql.ref(`${listing}.id`)} and not k.is_off
      and k.opens_at <= ${at} and k.closes_at > ${at}))`;
}
