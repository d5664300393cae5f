import { type Kysely, type RawBuilder, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { SearchHits } from "./engine.ts";
import type { FilterName } from "./filters.ts";
import { countedValues, facetSources, facetsOf } from "./postgres-facets.ts";
import { type Narrowed, narrowedBy } from "./postgres-filters.ts";
import type { PreparedQuery } from "./prepare-query.ts";

/**
 * As many hits are ranked and counted, and no more can be leafed through: fifteen pages.
 * What there is beyond is told as "240+".
 */
export const MOST_HITS = 240;

/**
 * What to look for: a tsquery in SQL, what a hit is called that comes before the others, and a
 * tsquery of what one of them must be called, or they are something else.
 */
export type Wanted = { terms: RawBuilder<string>; names: string[]; called?: string };

type Row = { of: string; value: string | null; count: number };

/** The best hits and what they could be narrowed by, in one round trip. */
export async function readHits(
  db: Kysely<DB>,
  query: PreparedQuery,
  { terms, names, called }: Wanted,
): Promise<SearchHits> {
  const sources = query.withFacets ? facetSources(query) : [];
  const leftOut = sources.flatMap((source) => source.leftOut ?? []);
  const { rows } = await sql<Row>`
    with asked as materialized (select ${terms} as words, ${names}::text[] as names),
    hits as materialized (${hitsOf(query)})
    ${sql.join(
      leftOut.map(
        (name) => sql`, ${sql.ref(without(name))} as materialized (${hitsOf(query, name)})`,
      ),
      sql``,
    )}
    select 'hit' as of, listing_id::text as value, 0 as count from (${pageOf(query)}) page
    union all select 'hits', null, count(*)::int from hits
    ${called ? sql`union all select 'called', null, count(*)::int from (${hitCalled(query, called)}) hit` : sql``}
    ${sql.join(
      sources.flatMap(({ leftOut, names }) => {
        const from = sql.ref(leftOut ? without(leftOut) : "hits");
        return [
          ...names.map((name) => sql`union all ${countedValues(name, from, query.today)}`),
          ...(leftOut
            ? [sql`union all select ${sql.lit(without(leftOut))}, null, count(*)::int from ${from}`]
            : []),
        ];
      }),
      sql` `,
    )}`.execute(db);
  const hits = hitsIn(rows, query);
  const isElse = called && !rows.some(({ of, count }) => of === "called" && count > 0);
  return hits.total > 0 && isElse ? { ...hits, isPartial: true } : hits;
}

const without = (name: FilterName) => `without ${name}`;

const TERMS = sql`search_index_terms(terms, ordinal, in_stock, category_codes, region_code,
  cooperative_id, grade, harvested_on)`;

/** Words and filters as one tsquery; null where all there is is wanted. */
function wantedOf({ lexemes }: Narrowed): RawBuilder<unknown> {
  return lexemes
    ? sql`coalesce(asked.words && ${lexemes}::tsquery, ${lexemes}::tsquery)`
    : sql`asked.words`;
}

const lastDay = ({ shipsBy }: Narrowed) =>
  shipsBy ? sql`${shipsBy.today}::date + ${shipsBy.days}::int` : sql`null::date`;

/** One more than are shown tells that there are more. */
function hitsOf(query: PreparedQuery, leftOut?: FilterName): RawBuilder<unknown> {
  const narrowed = narrowedBy(query, leftOut);
  const { stocks, priceFrom, priceBelow } = narrowed;
  // The newest are the newest, whatever they are called.
  const names = query.sort === "relevance" ? sql`asked.names` : sql`null::text[]`;
  return sql`select found.* from asked, search_hits(
    ${wantedOf(narrowed)}, ${names}, ${MOST_HITS + 1}, ${stocks}::text[],
    ${priceFrom}::bigint, ${priceBelow}::bigint, ${lastDay(narrowed)}) found`;
}

/** Some hit that is called so, if there is any: of whatever kind, should one be chosen that is called otherwise. */
function hitCalled(query: PreparedQuery, called: string): RawBuilder<unknown> {
  const narrowed = narrowedBy(query, "category");
  const { stocks, priceFrom, priceBelow } = narrowed;
  return sql`select found.listing_id from asked, search_hits(
    ${wantedOf(narrowed)} && ${called}::tsquery, null, 1, ${stocks}::text[],
    ${priceFrom}::bigint, ${priceBelow}::bigint, ${lastDay(narrowed)}) found`;
}

/**
 * The listings of the page. What is sold out stands last, and the id makes every order a total one:
 * pages never overlap. The cheapest may be none of the newest: an order by anything else than age
 * has to look at all that is found.
 */
function pageOf(query: PreparedQuery): RawBuilder<unknown> {
  const { sort, today, limit, offset } = query;
  const cut = sql`limit ${Math.max(0, Math.min(limit, MOST_HITS - offset))} offset ${offset}`;
  if (sort === "relevance" || sort === "newest") {
    const own = sort === "relevance" ? sql`rank desc,` : sql``;
    return sql`select listing_id from hits
      order by in_stock desc, ${own} published_at desc, listing_id ${cut}`;
  }
  const own = {
    price: sql`fen_per_jin`,
    harvest: sql`abs(harvested_on - ${today}::date)`,
    households: sql`households desc`,
  }[sort];
  return sql`select listing_id from ${allThatFit(query)}
    order by in_stock desc, ${own}, published_at desc, listing_id ${cut}`;
}

function allThatFit(query: PreparedQuery): RawBuilder<unknown> {
  const narrowed = narrowedBy(query);
  const { lexemes, stocks, priceFrom, priceBelow, shipsBy } = narrowed;
  const isAnything = query.parts.length === 0 && lexemes === "";
  const conditions = [
    ...(isAnything ? [] : [sql`${TERMS} @@ ${wantedOf(narrowed)}`]),
    ...(stocks.length === 1 ? [sql`in_stock`] : []),
    ...(priceFrom ? [sql`fen_per_jin >= ${priceFrom}::bigint`] : []),
    ...(priceBelow ? [sql`fen_per_jin < ${priceBelow}::bigint`] : []),
    ...(shipsBy ? [sql`coalesce(ships_from <= ${lastDay(narrowed)}, true)`] : []),
  ];
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  return isAnything
    ? sql`search_documents ${where}`
    : sql`(select search_documents.* from asked, search_documents ${where}) fitting`;
}

function hitsIn(rows: readonly Row[], query: PreparedQuery): SearchHits {
  const countOf = (of: string) => rows.find((row) => row.of === of)?.count ?? 0;
  const isCapped = (of: string) => countOf(of) > MOST_HITS;
  const facets = query.withFacets && facetsOf(rows);
  const capped = facetSources(query).filter(({ leftOut }) =>
    isCapped(leftOut ? without(leftOut) : "hits"),
  );
  return {
    listingIds: rows.flatMap((row) => (row.of === "hit" && row.value ? [row.value] : [])),
    total: Math.min(countOf("hits"), MOST_HITS),
    engine: "postgres",
    ...(isCapped("hits") && { isCapped: true }),
    ...(facets && { facets, cappedFacets: capped.flatMap(({ names }) => names) }),
  };
}
