import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { Offered } from "./rules.ts";

/** What is for sale, from the market's own tables. */
export async function readOffered(db: Kysely<DB>): Promise<Offered[]> {
  const { rows } = await sql<Offered>`
    select l.id, l.category_code as category, l.title_zh as "titleZh", l.unit, l.grade,
      l.region_code as "regionCode", l.village_zh as "villageZh",
      k.name_zh as cooperative, array(select distinct kind from listing_certificates
        where listing_id = l.id and removed_at is null
          and valid_until >= (now() at time zone 'Asia/Shanghai')::date order by kind) as certificates,
      array_agg(distinct h.alias_zh) as aliases
    from listings l join cooperatives k on k.id = l.cooperative_id join lots on lots.listing_id = l.id join households h on h.id = lots.household_id
    where l.status = 'published' group by l.id, k.id order by l.id`.execute(db);
  return rows;
}
