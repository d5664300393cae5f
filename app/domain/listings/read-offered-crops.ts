import { type Kysely, type RawBuilder, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { hasStock } from "./read-cards.ts";

export type OfferedCrop = { code: string; name: string };

/**
 * The crops of a place, a cooperative or a group that are on sale and in stock, in the order of the
 * categories. Each crop is looked for by index until the first that has stock; nothing is counted.
 * Locks nothing, cannot fail.
 */
export async function readOfferedCrops(
  db: Kysely<DB>,
  locale: "zh" | "en",
  of: { county: string } | { cooperativeId: string } | { group: string },
): Promise<OfferedCrop[]> {
  const name = sql.ref(locale === "en" ? "c.name_en" : "c.name_zh");
  const isIn = "group" in of ? sql`c.parent_code = ${of.group}` : sql`true`;
  const { rows } = await sql<OfferedCrop>`
    select c.code, ${name} as name from categories c
    left join categories p on p.code = c.parent_code
    where ${isIn} and exists (
      select 1 from listings n
      where n.category_code = c.code and n.status = 'published' and ${placeOf(of)}
        and exists (select 1 from lots where lots.listing_id = n.id and lots.available > 0))
    order by coalesce(p.position, c.position), c.position, c.code`.execute(db);
  return rows;
}

function placeOf(of: Parameters<typeof readOfferedCrops>[2]): RawBuilder<unknown> {
  if ("cooperativeId" in of) return sql`n.cooperative_id = ${of.cooperativeId}`;
  if ("group" in of) return sql`true`;
  // A range, so that the index over crop and region answers: towns lie in their county.
  return sql`n.region_code >= ${of.county} and n.region_code < ${String(Number(of.county) + 1)}`;
}

/**
 * The groups of crops of which something is on sale and in stock, in the order of the categories.
 * Each crop is looked for by index until the first that has stock. Locks nothing, cannot fail.
 */
export async function readOfferedGroups(
  db: Kysely<DB>,
  locale: "zh" | "en",
): Promise<OfferedCrop[]> {
  const name = sql.ref(locale === "en" ? "g.name_en" : "g.name_zh");
  const { rows } = await sql<OfferedCrop>`
    select g.code, ${name} as name from categories g
    where g.parent_code is null and exists (
      select 1 from categories c
      where (c.code = g.code or c.parent_code = g.code) and exists (
        select 1 from listings n
        where n.category_code = c.code and n.status = 'published' and ${hasStock}))
    order by g.position, g.code`.execute(db);
  return rows;
}
