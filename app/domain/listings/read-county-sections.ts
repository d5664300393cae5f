import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { cardsOf, hasStock, type ListingCard } from "./read-cards.ts";

/** Which counties are busy is judged by the newest of the market. */
const NEWEST = 200;

export type CountySection = { code: string; name: string; province: string; cards: ListingCard[] };

/**
 * The counties that list the most of late, each with its newest `each` listings in stock; `except`
 * are ids that are shown already. A county of which nothing is left to show is left out. Two queries,
 * each by index. Locks nothing, cannot fail.
 */
export async function readCountySections(
  db: Kysely<DB>,
  locale: "zh" | "en",
  { counties, each, except }: { counties: number; each: number; except: readonly string[] },
): Promise<CountySection[]> {
  const name = locale === "en" ? "name_en" : "name_zh";
  const { rows } = await sql<Omit<CountySection, "cards">>`
    select r.code, ${sql.ref(`r.${name}`)} as name, ${sql.ref(`p.${name}`)} as province
    from (
      select left(region_code, 6) as county, count(*) as listings from (
        select n.region_code from listings n where n.status = 'published' and ${hasStock}
        order by n.published_at desc, n.id limit ${NEWEST}
      ) newest group by 1
    ) busy
    join regions r on r.code = busy.county
    join regions p on p.code = left(busy.county, 2) || '0000'
    order by busy.listings desc, r.code limit ${counties}`.execute(db);
  const codes = rows.map(({ code }) => code);
  const cards = await cardsOf(
    db,
    locale,
    sql`select n.id, row_number() over (order by county.place, n.published_at desc, n.id) as place
      from unnest(${codes}::text[]) with ordinality as county(code, place)
      cross join lateral (
        select n.id, n.published_at from listings n
        where left(n.region_code, 6) = county.code and n.status = 'published' and ${hasStock}
          and n.id <> all(${[...except]}::uuid[])
        order by n.published_at desc, n.id limit ${each}
      ) n`,
  );
  return rows
    .map((county) => ({
      ...county,
      cards: cards.filter((card) => card.regionCode.startsWith(county.code)),
    }))
    .filter((county) => county.cards.length > 0);
}
