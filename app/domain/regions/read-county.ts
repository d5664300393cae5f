import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

const MOST_VILLAGES = 60;

export type CountyView = {
  code: string;
  name: string;
  province: string;
  /** Of which households sell by themselves. */
  villages: string[];
  cooperatives: { slug: string; name: string }[];
};

/**
 * A county that sells or has a cooperative: its villages and its cooperatives. Null for any other
 * code: of a place where nobody is on the market there is nothing to tell. Villages are found by
 * leaping through the index from one to the next. Locks nothing.
 */
export async function readCounty(
  db: Kysely<DB>,
  locale: "zh" | "en",
  code: string,
): Promise<CountyView | null> {
  if (!/^\d{6}$/.test(code)) return null;
  const name = locale === "en" ? "name_en" : "name_zh";
  const village = sql.ref(locale === "en" ? "village_en" : "village_zh");
  const ofCounty = sql`left(n.region_code, 6) = ${code} and n.status = 'published'`;
  const { rows } = await sql<CountyView & { isSelling: boolean }>`
    with recursive villages as (
      (select n.village_zh, n.village_en from listings n where ${ofCounty} and not n.is_pooled
        order by n.village_zh limit 1)
      union all
      select next.village_zh, next.village_en from villages v cross join lateral (
        select n.village_zh, n.village_en from listings n
        where ${ofCounty} and not n.is_pooled and n.village_zh > v.village_zh
        order by n.village_zh limit 1) next
    )
    select r.code, ${sql.ref(`r.${name}`)} as name, ${sql.ref(`p.${name}`)} as province,
      array(select distinct coalesce(nullif(${village}, ''), village_zh) from villages
        order by 1 limit ${MOST_VILLAGES}) as villages,
      coalesce((select json_agg(json_build_object('slug', c.slug, 'name', ${sql.ref(`c.${name}`)})
        order by c.slug) from cooperatives c where left(c.region_code, 6) = r.code), '[]')
        as cooperatives,
      exists (select 1 from listings n where ${ofCounty}) as "isSelling"
    from regions r join regions p on p.code = left(r.code, 2) || '0000'
    where r.code = ${code}`.execute(db);
  const [county] = rows;
  if (!county || !(county.isSelling || county.cooperatives.length > 0)) return null;
  const { isSelling: _, ...view } = county;
  return view;
}
