import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { Offered } from "./queries.ts";

/** What is for sale, from the market's own tables. */
export async function readOffered(db: Kysely<DB>): Promise<Offered[]> {
  const { rows } = await sql<Offered>`
    select l.id, l.category_code as category, l.title_zh as "titleZh", l.unit, l.grade,
      l.region_code as "regionCode", l.village_zh as "villageZh",
      array_agg(distinct h.alias_zh) as aliases
    from listings l join lots on lots.listing_id = l.id join households h on h.id = lots.household_id
    where l.status = 'published' group by l.id order by l.id`.execute(db);
  return rows;
}
