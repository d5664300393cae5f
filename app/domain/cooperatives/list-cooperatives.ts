import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type CooperativeChoice = {
  id: string;
  nameZh: string;
  nameEn: string;
  countyZh: string;
  countyEn: string;
};

/** Every cooperative with its county, by county and slug. Public. Locks nothing. */
export async function listCooperatives(db: Kysely<DB>): Promise<CooperativeChoice[]> {
  const { rows } = await sql<CooperativeChoice>`
    select c.id, c.name_zh as "nameZh", c.name_en as "nameEn",
      r.name_zh as "countyZh", r.name_en as "countyEn"
    from cooperatives c join regions r on r.code = left(c.region_code, 6)
    order by r.code, c.slug`.execute(db);
  return rows;
}
