import { type Kysely, type RawBuilder, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { SearchHits } from "./engine.ts";
import { type FilterName, isFilterValue } from "./filters.ts";
import { facetSources } from "./postgres-facets.ts";
import { narrowedBy } from "./postgres-filters.ts";
import type { PreparedQuery } from "./prepare-query.ts";
import { wholeMarket } from "./whole-market.ts";

/** So many values are looked for at most, those with most listings first. */
const MOST_LOOKED_FOR = 200;

/**
 * What counting ended before: of more hits than are counted the values of the market that none of
 * the counted has. Each is looked for by itself, which takes fifty times as long as the search: so
 * only for who asks for every choice; what has any can be chosen, as "1+". Others are told that there
 * may be more.
 */
export async function withUncounted(
  db: Kysely<DB>,
  query: PreparedQuery,
  words: RawBuilder<string>,
  hits: SearchHits,
): Promise<SearchHits> {
  const { facets, cappedFacets = [] } = hits;
  if (!facets || cappedFacets.length === 0) return hits;
  if (!query.withEveryChoice) return { ...hits, hasMoreChoices: true };
  const market = await wholeMarket(db, query.today);
  const choices = facetSources(query).flatMap(({ leftOut, names }) =>
    names
      .filter((name) => cappedFacets.includes(name) && name !== "ships" && name !== "stock")
      .flatMap((name) =>
        Object.entries(market[name])
          .filter(([value]) => !facets[name][value] && isFilterValue(name, value))
          .map(([value, count]) => ({ leftOut, name, value, count })),
      ),
  );
  const asked = choices.sort((a, b) => b.count - a.count).slice(0, MOST_LOOKED_FOR);
  if (asked.length === 0) return hits;
  const looks = asked.map(({ leftOut, name, value }) =>
    lookFor(query, words, name, value, leftOut),
  );
  const { rows } = await sql<{ of: FilterName; value: string }>`
    ${sql.join(looks, sql` union all `)}`.execute(db);
  const more = { ...facets };
  for (const { of, value } of rows) more[of] = { ...more[of], [value]: 1 };
  return { ...hits, facets: more };
}

/** One row where anything with this value is found, none else. */
function lookFor(
  query: PreparedQuery,
  words: RawBuilder<string>,
  name: FilterName,
  value: string,
  leftOut?: FilterName,
): RawBuilder<unknown> {
  const chosen = name === "region" ? value.replace(/0000$/, "") : value;
  const filters = { ...query.filters, ...(leftOut && { [leftOut]: undefined }), [name]: chosen };
  const { lexemes, stocks, priceFrom, priceBelow, shipsBy } = narrowedBy({ ...query, filters });
  const wanted = lexemes
    ? sql`coalesce(${words} && ${lexemes}::tsquery, ${lexemes}::tsquery)`
    : words;
  const lastDay = shipsBy ? sql`${shipsBy.today}::date + ${shipsBy.days}::int` : sql`null::date`;
  return sql`select ${name}::text as of, ${value}::text as value from search_hits(${wanted}, null, 1,
    ${stocks}::text[], ${priceFrom}::bigint, ${priceBelow}::bigint, ${lastDay})`;
}
