import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/** A stretch of listings by id: from the first of them until before the next stretch. */
export type Stretch = { from: string; before: string | null };

/**
 * All published listings in stretches of `size`, by id. Stretches meet: what is published or taken
 * down between two reads is never in two of them nor in none. Locks nothing, cannot fail.
 */
export async function readListingStretches(db: Kysely<DB>, size: number): Promise<Stretch[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      select id, row_number() over (order by id) as n from listings where status = 'published'
    ) numbered where (n - 1) % ${size} = 0 order by id`.execute(db);
  return rows.map(({ id }, at) => ({ from: id, before: rows[at + 1]?.id ?? null }));
}

/**
 * The published listings of a stretch by id, `limit` at a time, with the day each was changed last
 * ("2026-11-20"). Locks nothing, cannot fail.
 */
export async function readStretch(
  db: Kysely<DB>,
  { from, before, limit }: Stretch & { limit: number },
): Promise<{ id: string; changedOn: string }[]> {
  const { rows } = await sql<{ id: string; changedOn: string }>`
    select id, to_char(updated_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "changedOn"
    from listings where status = 'published' and id >= ${from}
      ${before ? sql`and id < ${before}` : sql``}
    order by id limit ${limit}`.execute(db);
  return rows;
}

export type ShelfCodes = { categories: string[]; counties: string[]; cooperatives: string[] };

/**
 * The groups, crops and counties that have something published, and the cooperatives that do, found
 * by leaping through the indexes. Locks nothing, cannot fail.
 */
export async function readShelfCodes(db: Kysely<DB>): Promise<ShelfCodes> {
  const { rows } = await sql<ShelfCodes>`
    with recursive county as (
      (select left(region_code, 6) as code from listings where status = 'published'
        order by 1 limit 1)
      union all
      select next.code from county c cross join lateral (
        select left(region_code, 6) as code from listings
        where status = 'published' and left(region_code, 6) > c.code order by 1 limit 1) next
    ), crop as (
      select c.code, c.parent_code from categories c where exists (
        select 1 from listings n where n.category_code = c.code and n.status = 'published')
    )
    select array(select code from crop union select parent_code from crop
        where parent_code is not null order by 1) as categories,
      array(select code from county order by 1) as counties,
      array(select slug from cooperatives k where exists (
        select 1 from listings n where n.cooperative_id = k.id and n.status = 'published')
        order by 1) as cooperatives`.execute(db);
  return rows[0] ?? { categories: [], counties: [], cooperatives: [] };
}
