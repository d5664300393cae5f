import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { type KnownName, knowName, type MarketName, suggestNames } from "./suggest.ts";

/** Names come and go with listings, slowly: they are read once a minute, not for every letter. */
const GOOD_FOR_MS = 60_000;
const MOST_NAMES = 3_000;

type Kept = { names: Promise<KnownName[]>; readAt: number };
const kept = new WeakMap<Kysely<DB>, Kept>();

/**
 * The names on the market, at most a minute old, that fit what was typed, in the given language.
 */
export async function suggest(
  db: Kysely<DB>,
  text: string,
  locale: "zh" | "en",
): Promise<string[]> {
  return suggestNames(await marketNames(db), text, locale);
}

function marketNames(db: Kysely<DB>): Promise<KnownName[]> {
  const known = kept.get(db);
  if (known && Date.now() - known.readAt < GOOD_FOR_MS) return known.names;
  const names = readMarketNames(db).then((all) => all.map(knowName));
  // Who asks meanwhile waits for the same answer; one that failed is forgotten.
  kept.set(db, { names, readAt: Date.now() });
  names.catch(() => kept.delete(db));
  return names;
}

/** Crops and their groups, counties, villages and cooperatives of what is on sale, most first. */
async function readMarketNames(db: Kysely<DB>): Promise<MarketName[]> {
  const { rows } = await sql<MarketName>`
    with crops as (
      select code, count(*)::int as listings
      from search_documents, unnest(category_codes) code group by 1
    ), counties as (
      select left(region_code, 6) as code, count(*)::int as listings
      from search_documents group by 1
    ), cooperating as (
      select cooperative_id as id, count(*)::int as listings from search_documents group by 1
    ), villages as (
      select l.village_zh as zh, max(l.village_en) as en, count(*)::int as listings
      from search_documents d join listings l on l.id = d.listing_id
      where l.village_zh !~ '、' group by 1
    )
    select zh, en, "otherNames", readings, listings from (
      select name_zh as zh, name_en as en, other_names || kinds as "otherNames", readings, listings
        from crops join categories using (code)
      union all select name_zh, name_en, '{}', '{}', listings from counties join regions using (code)
      union all select name_zh, name_en, '{}', '{}', listings
        from cooperating join cooperatives using (id)
      union all select zh, en, '{}', '{}', listings from villages
    ) named order by listings desc, zh limit ${MOST_NAMES}`.execute(db);
  return rows;
}
