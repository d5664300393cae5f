import { type Kysely, type RawBuilder, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { Grade } from "#app/domain/listings/offer-rules.ts";
import type { CoopScope, HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { isStanding } from "./standing.ts";
import type { CorrectionReason } from "./weigh-rule.ts";

/** A weigh-in as it stands; weights in whole grams. */
export type WeighInView = {
  id: string;
  householdId: string;
  headName: string;
  aliasZh: string;
  aliasEn: string;
  cropZh: string;
  cropEn: string;
  categoryCode: string;
  grade: Grade;
  grossGrams: number;
  tareGrams: number;
  netGrams: number;
  photoId: string | null;
  weighedAt: Date;
  /** When this row was written: a correction comes later than the weighing. */
  writtenAt: Date;
  /** What her cooperative calls whoever wrote it; null for somebody who has no name there. */
  weighedBy: string | null;
  reason: CorrectionReason | null;
  listingId: string | null;
  poolZh: string | null;
  poolEn: string | null;
  unitsIn: number;
};

function weighIns(where: RawBuilder<unknown>, order: RawBuilder<unknown>) {
  return sql<WeighInView>`
    select w.id, w.household_id as "householdId", h.head_name as "headName",
      h.alias_zh as "aliasZh", h.alias_en as "aliasEn", c.name_zh as "cropZh",
      c.name_en as "cropEn", w.category_code as "categoryCode", w.grade,
      w.gross_grams as "grossGrams", w.tare_grams as "tareGrams", w.net_grams as "netGrams",
      w.photo_id as "photoId", w.weighed_at as "weighedAt", w.created_at as "writtenAt",
      m.name as "weighedBy", w.reason, w.listing_id as "listingId", w.units_in as "unitsIn",
      l.title_zh as "poolZh", l.title_en as "poolEn"
    from weigh_ins w
    join households h on h.id = w.household_id
    join categories c on c.code = w.category_code
    left join listings l on l.id = w.listing_id and l.is_pooled
    left join cooperative_members m
      on m.cooperative_id = w.cooperative_id and m.user_id = w.weighed_by
    where ${where} order by ${order}`;
}

const NEWEST = sql`w.weighed_at desc, w.id desc`;

/** The day in Shanghai as a span of time, for the index on `weighed_at`. */
const onDay = (
  day: string,
) => sql`w.weighed_at >= (${day}::date)::timestamp at time zone 'Asia/Shanghai'
  and w.weighed_at < (${day}::date + 1)::timestamp at time zone 'Asia/Shanghai'`;

/**
 * What was weighed on a day ("2026-11-22", in Shanghai) for the scope's cooperative, as it stands
 * after corrections, newest first; of one household alone where that is asked for. Locks nothing.
 */
export async function readDay(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  { day, householdId = null }: { day: string; householdId?: string | null },
): Promise<WeighInView[]> {
  const of = householdId === null ? sql`true` : sql`w.household_id = ${householdId}`;
  const where = sql`w.cooperative_id = ${cooperativeId} and ${onDay(day)} and ${isStanding("w")} and ${of}`;
  return (await weighIns(where, NEWEST).execute(db)).rows;
}

/** A weigh-in with what it stands in the place of, and what stands in its place, oldest first; none of another cooperative's. */
export async function readWeighIn(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  weighInId: string,
): Promise<{ rows: WeighInView[]; standing: WeighInView } | null> {
  if (!isUuid(weighInId)) return null;
  const chain = sql`with recursive up as (
      select id, corrects_id from weigh_ins where id = ${weighInId}
      union all select w.id, w.corrects_id from weigh_ins w join up on w.id = up.corrects_id
    ), down as (
      select id from weigh_ins where id = ${weighInId}
      union all select w.id from weigh_ins w join down on w.corrects_id = down.id
    ) select id from up union select id from down`;
  const where = sql`w.cooperative_id = ${cooperativeId} and w.id in (${chain})`;
  const { rows } = await weighIns(where, sql`w.created_at, w.id`).execute(db);
  const standing = rows.at(-1);
  return standing ? { rows, standing } : null;
}

/** What a household has brought, as it stands, newest first. Locks nothing. */
export async function readOwnWeighIns(
  db: Kysely<DB>,
  { householdId }: HouseholdScope,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: WeighInView[]; total: number }> {
  const where = sql`w.household_id = ${householdId} and ${isStanding("w")}`;
  const [{ rows }, { rows: counted }] = await Promise.all([
    weighIns(where, sql`${NEWEST} limit ${limit} offset ${offset}`).execute(db),
    sql<{ total: number }>`select count(*)::int as total from weigh_ins w where ${where}`.execute(
      db,
    ),
  ]);
  return { rows, total: counted[0]?.total ?? 0 };
}

/** Of a household's running listings: what has arrived of what is offered and what is sold, in grams. */
export type Arrival = {
  listingId: string;
  titleZh: string;
  titleEn: string;
  soldGrams: number;
  offeredGrams: number;
  arrivedGrams: number;
};

/**
 * How much of what a household sells has arrived at the scale: `soldGrams` is paid for or held for
 * buyers, `offeredGrams` all that came in and was not taken off sale. Locks nothing.
 */
export async function readArrivals(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  householdId: string,
): Promise<Arrival[]> {
  const { rows } = await sql<Arrival>`
    select l.id as "listingId", l.title_zh as "titleZh", l.title_en as "titleEn",
      stock.sold * l.unit_grams as "soldGrams", stock.offered * l.unit_grams as "offeredGrams",
      (select coalesce(sum(w.net_grams), 0) from weigh_ins w
        where w.listing_id = l.id and w.household_id = ${householdId}
          and ${isStanding("w")})::bigint as "arrivedGrams"
    from listings l
    cross join lateral (select coalesce(sum(held + sold), 0)::bigint as sold,
      coalesce(sum(quantity_in - taken_out), 0)::bigint as offered
      from lots where listing_id = l.id and household_id = ${householdId}) stock
    where l.cooperative_id = ${cooperativeId} and l.status in ('published', 'paused')
      and stock.offered > 0
    order by l.id desc`.execute(db);
  return rows;
}
