import { type Kysely, sql } from "kysely";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import type { Meeting, ToBring } from "./collection-run.ts";
import { SETTLES_AFTER_MS } from "./cycle-rules.ts";
import { GOODS, MEETING, neededIn } from "./needed.ts";

/** What a household brings of one cycle, or will. */
export type Bringing = {
  cycleId: string;
  closesAt: Date;
  /** Null where nobody has said when and where. */
  meeting: Meeting | null;
  goods: ToBring[];
  /** Whether it still sells, or its last orders may still be paid: then it may become more. */
  isSettled: boolean;
};

/** When something of a household's is for sale next, in a cycle. */
export type Selling = {
  cycleId: string;
  opensAt: Date;
  closesAt: Date;
  titles: { zh: string; en: string }[];
};

/**
 * What the scope's household brings where and when, of the cycles whose day is not over, the next day
 * first. Locks nothing.
 */
export async function readBringing(
  db: Kysely<DB>,
  { householdId }: HouseholdScope,
  now: Date = new Date(),
): Promise<Bringing[]> {
  const { rows } = await sql<Omit<Bringing, "isSettled">>`
    with needed as (${neededIn(sql`lot.household_id = ${householdId} and n.cycle_id in (
      select id from order_cycles where called_off_at is null and ships_on >= ${shanghaiDay(now)}::date)`)})
    select c.id as "cycleId", c.closes_at as "closesAt",
      ${MEETING} as meeting, ${GOODS} as goods
    from needed n join order_lines l on l.id = n.line_id
    join order_cycles c on c.id = n.cycle_id
    join households h on h.id = n.household_id
    left join cycle_places p on p.cycle_id = c.id and p.region_code = h.region_code
      and p.village_zh = h.village_zh
    where coalesce(p.collects_on, c.collects_on) >= ${shanghaiDay(now)}::date
    group by c.id, p.place, p.collects_on, p.from_minute, p.until_minute
    order by coalesce(p.collects_on, c.collects_on), c.id`.execute(db);
  const settled = now.getTime() - SETTLES_AFTER_MS;
  return rows.map((row) => ({ ...row, isSettled: row.closesAt.getTime() <= settled }));
}

/** The cycles that sell something of the scope's household's now or later, the next first. Locks nothing. */
export async function readSelling(
  db: Kysely<DB>,
  { householdId }: HouseholdScope,
  now: Date = new Date(),
): Promise<Selling[]> {
  const { rows } = await sql<Selling>`
    select c.id as "cycleId", c.opens_at as "opensAt", c.closes_at as "closesAt",
      jsonb_agg(jsonb_build_object('zh', l.title_zh, 'en', l.title_en) order by l.title_zh) as titles
    from cycle_listings k join order_cycles c on c.id = k.cycle_id
    join listings l on l.id = k.listing_id and l.status in ('published', 'paused')
    where not k.is_off and k.closes_at > ${now}
      and exists (select from lots where lots.listing_id = l.id and lots.household_id = ${householdId})
    group by c.id order by c.opens_at, c.id`.execute(db);
  return rows;
}
