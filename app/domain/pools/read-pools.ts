import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { ListingStatus } from "#app/domain/listings/listing-states.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** A pooled listing as its cooperative sees it; quantities in sale units, the price in fen. */
export type PoolView = {
  id: string;
  titleZh: string;
  titleEn: string;
  grade: string;
  unit: string;
  unitGrams: number;
  priceFen: number;
  status: ListingStatus;
  households: number;
  available: number;
  held: number;
  sold: number;
};

const seen = sql`l.id, l.title_zh as "titleZh", l.title_en as "titleEn", l.grade, l.unit,
  l.unit_grams as "unitGrams", l.price_fen as "priceFen", l.status,
  count(distinct t.household_id)::int as households,
  coalesce(sum(t.available), 0)::int as available, coalesce(sum(t.held), 0)::int as held,
  coalesce(sum(t.sold), 0)::int as sold
  from listings l left join lots t on t.listing_id = l.id`;

/**
 * One page of the cooperative's pooled listings: what is on sale first, what is withdrawn last, the newest
 * of each first. `total` counts all pages. Locks nothing.
 */
export async function listPools(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  { page, perPage }: { page: number; perPage: number },
): Promise<{ rows: PoolView[]; total: number }> {
  const { rows } = await sql<PoolView & { total: number }>`
    select count(*) over ()::int as total, ${seen}
    where l.cooperative_id = ${cooperativeId} and l.is_pooled group by l.id
    order by array_position(array['published', 'paused', 'withdrawn'], l.status), l.id desc
    limit ${perPage} offset ${(page - 1) * perPage}`.execute(db);
  return { rows, total: rows[0]?.total ?? 0 };
}

/** One household's goods of one harvest day in it. */
export type PoolLot = {
  id: string;
  headName: string;
  harvestedOn: string;
  quantityIn: number;
  available: number;
  held: number;
  sold: number;
  takenOut: number;
};

const MOST_LOTS = 200;

/** A pooled listing of the cooperative's with its newest 200 lots; null for another's. Locks nothing. */
export async function readPool(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  listingId: string,
): Promise<{ pool: PoolView; lots: PoolLot[] } | null> {
  if (!isUuid(listingId)) return null;
  const { rows } = await sql<PoolView>`select ${seen}
    where l.id = ${listingId} and l.cooperative_id = ${cooperativeId} and l.is_pooled
    group by l.id`.execute(db);
  const [pool] = rows;
  if (!pool) return null;
  const { rows: lots } = await sql<PoolLot>`
    select t.id, h.head_name as "headName", t.harvested_on as "harvestedOn",
      t.quantity_in as "quantityIn", t.available, t.held, t.sold, t.taken_out as "takenOut"
    from lots t join households h on h.id = t.household_id where t.listing_id = ${listingId}
    order by t.harvested_on desc, h.head_name, t.id limit ${MOST_LOTS}`.execute(db);
  return { pool, lots };
}
