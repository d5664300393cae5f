import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type Crop = { code: string; name: string; listings: number; freshest: string };
export type Shelf = { code: string; name: string; listings: number; crops: Crop[] };

type Row = Crop & { shelf: string; shelfName: string };

/**
 * The shelves of the market: category groups and their crops that are for sale and in stock now,
 * in the order of the categories, with how many listings each has and the latest harvest day
 * ("2026-11-20"). Locks nothing, cannot fail.
 */
export async function readShelves(db: Kysely<DB>, locale: "zh" | "en"): Promise<Shelf[]> {
  const name = sql.ref(locale === "en" ? "name_en" : "name_zh");
  const { rows } = await sql<Row>`
    with offered as (
      select l.category_code, count(*)::int as listings, max(l.harvested_on)::text as freshest
      from listings l
      where l.status = 'published'
        and exists (select 1 from lots where lots.listing_id = l.id and lots.available > 0)
      group by l.category_code
    )
    select c.code, (select ${name} from categories where code = c.code) as name, o.listings,
      o.freshest, p.code as shelf, (select ${name} from categories where code = p.code) as "shelfName"
    from offered o
    join categories c on c.code = o.category_code
    join categories p on p.code = coalesce(c.parent_code, c.code)
    order by p.position, p.code, c.position, c.code`.execute(db);
  const shelves = new Map<string, Shelf>();
  for (const { shelf: code, shelfName, ...crop } of rows) {
    const shelf = shelves.get(code) ?? { code, name: shelfName, listings: 0, crops: [] };
    shelf.listings += crop.listings;
    shelf.crops.push(crop);
    shelves.set(code, shelf);
  }
  return [...shelves.values()];
}
