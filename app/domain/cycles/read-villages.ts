import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { CyclePlace } from "./cycle-rules.ts";

/** A village with households of the cooperative's, and where it brought what it sold the last time. */
export type Village = {
  /** For the names of its fields: letters that every form sends as they are. */
  key: string;
  regionCode: string;
  villageZh: string;
  villageEn: string;
  households: number;
  last: Pick<CyclePlace, "place" | "fromMinute" | "untilMinute"> | null;
};

/** The villages in which the scope's cooperative has households, by name. Locks nothing. */
export async function readVillages(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
): Promise<Village[]> {
  const { rows } = await sql<Village>`
    select left(md5(h.region_code || ' ' || h.village_zh), 12) as key, h.region_code as "regionCode",
      h.village_zh as "villageZh", min(h.village_en) as "villageEn", count(*)::int as households,
      (select jsonb_build_object('place', p.place, 'fromMinute', p.from_minute,
          'untilMinute', p.until_minute)
        from cycle_places p join order_cycles c on c.id = p.cycle_id
        where c.cooperative_id = ${cooperativeId} and p.region_code = h.region_code
          and p.village_zh = h.village_zh
        order by p.cycle_id desc limit 1) as last
    from households h where h.cooperative_id = ${cooperativeId}
    group by h.region_code, h.village_zh order by h.village_zh, h.region_code`.execute(db);
  return rows;
}

/** What may be chosen for a cycle: what of the cooperative's is sold or paused, pooled or not. */
export type CycleOffer = {
  id: string;
  titleZh: string;
  titleEn: string;
  grade: string;
  isPaused: boolean;
  available: number;
  unit: string;
  unitGrams: number;
  priceFen: number;
  /** Null of a pooled listing. */
  headName: string | null;
  households: number;
  soldInCycles: boolean;
};

/** The listings of the scope's cooperative that a cycle may sell, by name, at most `most`. Locks nothing. */
export async function readOffers(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  most: number,
): Promise<CycleOffer[]> {
  const { rows } = await sql<CycleOffer>`
    select l.id, l.title_zh as "titleZh", l.title_en as "titleEn", l.grade,
      l.status = 'paused' as "isPaused", l.unit, l.unit_grams as "unitGrams",
      l.price_fen as "priceFen", l.sold_in_cycles as "soldInCycles",
      h.head_name as "headName", stock.households, stock.available
    from listings l
    left join households h on h.id = l.created_by_household_id and not l.is_pooled
    cross join lateral (
      select count(distinct household_id)::int as households,
        coalesce(sum(available), 0)::int as available
      from lots where listing_id = l.id) stock
    where l.cooperative_id = ${cooperativeId} and l.status in ('published', 'paused')
    order by l.title_zh, h.head_name nulls first, l.id limit ${most}`.execute(db);
  return rows;
}
