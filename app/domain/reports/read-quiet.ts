import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { daysBefore, shanghaiDay } from "../calendar/day-rule.ts";
import type { CoopScope } from "../scopes.ts";
import { sumsIn } from "./sums.ts";

/** Without a sale for so many days a household is asked after. */
export const QUIET_DAYS = 30;

/** A household of whose produce nothing was paid for lately. */
export type QuietHousehold = {
  householdId: string;
  headName: string;
  villageZh: string;
  villageEn: string;
  /** Its last sale ever; null when there was none. */
  lastSoldOn: string | null;
  /** Sale units that it has on sale now. */
  onSale: number;
};

/**
 * The households of the scope's cooperative that sold nothing in the thirty days up to now, the one that
 * has waited longest first; those that never sold before all. Locks nothing.
 */
export async function readQuiet(
  db: Kysely<DB>,
  scope: CoopScope,
  now = new Date(),
): Promise<QuietHousehold[]> {
  const today = shanghaiDay(now);
  const ever = { from: "2000-01-01", until: today };
  const { rows } = await sql<QuietHousehold>`
    select home.id as "householdId", home.head_name as "headName", home.village_zh as "villageZh",
      home.village_en as "villageEn", sold.day as "lastSoldOn", (
        select coalesce(sum(lot.available), 0) from lots lot
        join listings listing on listing.id = lot.listing_id and listing.status = 'published'
        where lot.household_id = home.id)::bigint as "onSale"
    from households home
    left join (
      select household_id, max(day) as day from ${sumsIn(scope, ever)} sums
      where part = 'relief' and kind = 'sale' group by household_id
    ) sold on sold.household_id = home.id
    where home.cooperative_id = ${scope.cooperativeId}
      and (sold.day is null or sold.day <= ${daysBefore(today, QUIET_DAYS)}::date)
    order by sold.day nulls first, home.head_name, home.id`.execute(db);
  return rows;
}
