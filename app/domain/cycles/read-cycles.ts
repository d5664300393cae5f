import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { CyclePlace } from "./cycle-rules.ts";
import { isStandingLine } from "./needed.ts";

export type CycleRow = {
  id: string;
  opensAt: Date;
  closesAt: Date;
  collectsOn: string;
  shipsOn: string;
  calledOffAt: Date | null;
  listings: number;
  /** Orders that stand in it: paid, and still waiting for their payment. */
  paid: number;
  unpaid: number;
  /** When households were last told what to bring. */
  toldAt: Date | null;
};

const ROW = sql`c.id, c.opens_at as "opensAt", c.closes_at as "closesAt",
  c.collects_on as "collectsOn", c.ships_on as "shipsOn", c.called_off_at as "calledOffAt",
  (select count(*)::int from cycle_listings where cycle_id = c.id) as listings,
  ordered.paid, ordered.unpaid,
  (select max(told_at) from collection_notes where cycle_id = c.id) as "toldAt"`;

const ORDERED = sql`cross join lateral (
  select count(distinct o.id) filter (where o.paid_at is not null)::int as paid,
    count(distinct o.id) filter (where o.paid_at is null)::int as unpaid
  from order_lines n join orders o on o.id = n.order_id join parcels p on p.id = n.parcel_id
  where n.cycle_id = c.id and ${isStandingLine}) ordered`;

/** The cycles of the scope's cooperative, the last to close first, one page of them. Locks nothing. */
export async function listCycles(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  { page, perPage }: { page: number; perPage: number },
): Promise<{ cycles: CycleRow[]; total: number }> {
  const [{ rows: cycles }, { rows: counted }] = await Promise.all([
    sql<CycleRow>`select ${ROW} from order_cycles c ${ORDERED}
      where c.cooperative_id = ${cooperativeId}
      order by c.closes_at desc, c.id limit ${perPage} offset ${(page - 1) * perPage}`.execute(db),
    sql<{ total: number }>`select count(*)::int as total from order_cycles
      where cooperative_id = ${cooperativeId}`.execute(db),
  ]);
  return { cycles, total: counted[0]?.total ?? 0 };
}

export type CycleView = CycleRow & {
  tellsIdle: boolean;
  revision: number;
  places: (CyclePlace & { villageEn: string })[];
  chosen: {
    id: string;
    titleZh: string;
    titleEn: string;
    grade: string;
    headName: string | null;
    households: number;
    /** Sale units ordered in it that stand, paid or not. */
    ordered: number;
  }[];
};

/** A cycle of the scope's cooperative with its places and listings; null for another's. Locks nothing. */
export async function readCycle(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  cycleId: string,
): Promise<CycleView | null> {
  if (!isUuid(cycleId)) return null;
  const { rows } = await sql<CycleView>`
    select ${ROW}, c.tells_idle as "tellsIdle", c.revision,
      (select coalesce(jsonb_agg(jsonb_build_object('regionCode', p.region_code,
          'villageZh', p.village_zh, 'villageEn', coalesce((select min(h.village_en) from households h
            where h.region_code = p.region_code and h.village_zh = p.village_zh), p.village_zh),
          'place', p.place, 'fromMinute', p.from_minute, 'untilMinute', p.until_minute,
          'collectsOn', p.collects_on) order by p.village_zh, p.region_code), '[]')
        from cycle_places p where p.cycle_id = c.id) as places,
      (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'titleZh', l.title_zh,
          'titleEn', l.title_en, 'grade', l.grade, 'headName', h.head_name,
          'households', (select count(distinct household_id) from lots where listing_id = l.id),
          'ordered', (select coalesce(sum(n.quantity), 0) from order_lines n
            join orders o on o.id = n.order_id join parcels p on p.id = n.parcel_id
            where n.cycle_id = c.id and n.listing_id = l.id and ${isStandingLine}))
          order by l.title_zh, l.id), '[]')
        from cycle_listings k join listings l on l.id = k.listing_id
        left join households h on h.id = l.created_by_household_id and not l.is_pooled
        where k.cycle_id = c.id) as chosen
    from order_cycles c ${ORDERED}
    where c.id = ${cycleId} and c.cooperative_id = ${cooperativeId}`.execute(db);
  return rows[0] ?? null;
}

/** A listing that no cycle sells now or later, and that is sold in cycles alone: nobody can order it. */
export type IdleListing = { id: string; titleZh: string; titleEn: string };

/** What of the scope's cooperative waits for a cycle, by name, at most `most`. Locks nothing. */
export async function readWaiting(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  { now, most }: { now: Date; most: number },
): Promise<IdleListing[]> {
  const { rows } = await sql<IdleListing>`
    select l.id, l.title_zh as "titleZh", l.title_en as "titleEn" from listings l
    where l.cooperative_id = ${cooperativeId} and l.sold_in_cycles
      and l.status in ('published', 'paused')
      and not exists (select from cycle_listings k where k.listing_id = l.id and not k.is_off
        and k.closes_at > ${now})
    order by l.title_zh, l.id limit ${most}`.execute(db);
  return rows;
}
