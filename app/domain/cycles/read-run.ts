import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { HAS_PHONE } from "../consents/read-household.ts";
import { goodsToTell, type Meeting, newsOf, type ToBring, type Told } from "./collection-run.ts";
import { GOODS, MEETING, neededIn } from "./needed.ts";

/** A household in a run. */
export type RunHousehold = {
  householdId: string;
  /** Null for one that is another cooperative's by now. */
  headName: string | null;
  aliasZh: string;
  aliasEn: string;
  hasPhone: boolean;
  goods: ToBring[];
  grams: number;
  /** When it was told last; null for never. */
  toldAt: Date | null;
  /** What it has yet to hear of. */
  news: ReturnType<typeof newsOf>;
};

export type RunVillage = {
  regionCode: string;
  villageZh: string;
  villageEn: string;
  /** Null where nobody has said when and where. */
  meeting: Meeting | null;
  households: RunHousehold[];
  grams: number;
};

export type RunRow = Omit<RunHousehold, "news" | "grams"> &
  Omit<RunVillage, "households" | "grams"> & { last: Told | null };

/**
 * A run household by household, also those that were told of it and bring nothing by now, and with
 * `withIdle` those that have something in the cycle's listings and sold none of it. By village, then
 * by alias. `db` may be a transaction that holds the cycle's row. Locks nothing.
 */
export async function readRunRows(
  db: Kysely<DB>,
  {
    cycleId,
    cooperativeId,
    withIdle,
  }: Record<"cycleId" | "cooperativeId", string> & {
    withIdle: boolean;
  },
): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    with needed as (${neededIn(sql`n.cycle_id = ${cycleId}`)}),
    goods as (
      select n.household_id, ${GOODS} as goods
      from needed n join order_lines l on l.id = n.line_id group by n.household_id
    ), last as (
      select distinct on (household_id) household_id, told_at, goods, place, collects_on,
        from_minute, until_minute
      from collection_notes where cycle_id = ${cycleId} order by household_id, turn desc
    ), involved as (
      select household_id from goods union select household_id from last
      union select lots.household_id from lots join cycle_listings k on k.listing_id = lots.listing_id
        where k.cycle_id = ${cycleId} and ${withIdle}
    )
    select h.id as "householdId", h.alias_zh as "aliasZh", h.alias_en as "aliasEn",
      case when h.cooperative_id = ${cooperativeId} then h.head_name end as "headName",
      ${HAS_PHONE} as "hasPhone", h.region_code as "regionCode", h.village_zh as "villageZh",
      h.village_en as "villageEn", coalesce(g.goods, '[]') as goods, t.told_at as "toldAt",
      ${MEETING} as meeting,
      case when t.place is not null then jsonb_build_object('place', t.place,
        'collectsOn', t.collects_on, 'fromMinute', t.from_minute,
        'untilMinute', t.until_minute, 'goods', t.goods) end as last
    from involved i join households h on h.id = i.household_id
    join order_cycles c on c.id = ${cycleId}
    left join goods g on g.household_id = h.id
    left join last t on t.household_id = h.id
    left join cycle_places p on p.cycle_id = c.id and p.region_code = h.region_code
      and p.village_zh = h.village_zh
    order by h.village_zh, h.region_code, h.alias_zh, h.id`.execute(db);
  return rows;
}

/** What a household has yet to hear; nothing as long as nobody knows where it is to come. Pure. */
export function newsFor(
  { goods, meeting, last }: RunRow,
  { tellsIdle }: { tellsIdle: boolean },
): RunHousehold["news"] {
  const at = meeting ?? last;
  if (!at) return null;
  return newsOf(last, { ...at, goods: goodsToTell(goods) }, { tellsIdle });
}

/**
 * The collection run of a cycle of the scope's cooperative: village by village which household brings
 * which product, how many sale units and grams, where and when, and what it has yet to be told. It is
 * worked out from the paid lines' allocations as they stand; before the cycle has closed more may
 * come. Null for another cooperative's. Locks nothing.
 */
export async function readRun(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  cycleId: string,
): Promise<RunVillage[] | null> {
  if (!isUuid(cycleId)) return null;
  const cycle = await db
    .selectFrom("order_cycles")
    .select("tells_idle as tellsIdle")
    .where("id", "=", cycleId)
    .where("cooperative_id", "=", cooperativeId)
    .executeTakeFirst();
  if (!cycle) return null;
  const withIdle = cycle.tellsIdle;
  const rows = await readRunRows(db, { cycleId, cooperativeId, withIdle });
  const villages = new Map<string, RunVillage>();
  for (const row of rows) {
    const { regionCode, villageZh, villageEn, meeting, last: _, ...home } = row;
    const key = `${regionCode} ${villageZh}`;
    const village = villages.get(key) ?? {
      ...{ regionCode, villageZh, villageEn, meeting, households: [], grams: 0 },
    };
    villages.set(key, village);
    const grams = home.goods.reduce((sum, each) => sum + each.grams, 0);
    village.grams += grams;
    village.households.push({ ...home, grams, news: newsFor(row, cycle) });
  }
  return [...villages.values()];
}
