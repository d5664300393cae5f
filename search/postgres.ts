import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { SearchHits, SearchReader } from "./engine.ts";
import { cooperativesOfDatabase } from "./known-cooperatives.ts";
import { mendTypos } from "./mend-typos.ts";
import { withUncounted } from "./postgres-choices.ts";
import { readHits, type Wanted } from "./postgres-hits.ts";
import { allOf, anyOf, calledBy, namesOfParts, oneOfEach } from "./postgres-terms.ts";
import { type PreparedQuery, prepareQuery, telling } from "./prepare-query.ts";
import { bySight, bySightAndSound, bySound, cropNamesOf, type QueryPart } from "./query-parts.ts";
import { wholeMarket } from "./whole-market.ts";

/** Search without a service of its own: what takes over when Meilisearch is away. */
export function createPostgresSearch(db: Kysely<DB>): SearchReader {
  const cooperatives = cooperativesOfDatabase(db);
  return {
    name: "postgres",
    search: async (query) => {
      const prepared = prepareQuery(query, await cooperatives());
      if (!prepared) return { listingIds: [], total: 0, engine: "postgres" };
      return find(db, prepared);
    },
    healthy: () =>
      sql`select 1 from search_documents limit 1`.execute(db).then(
        () => true,
        () => false,
      ),
  };
}

/** All that is asked for; if nothing is found, what it may be meant for; then any of it. */
async function find(db: Kysely<DB>, query: PreparedQuery): Promise<SearchHits> {
  const { parts } = query;
  if (parts.length === 0) return browse(db, query);
  let exact: SearchHits | undefined;
  for (const reading of query.readings) {
    const called = calledBy(cropNamesOf(reading));
    const names = namesOfParts([reading]);
    exact = await hitsOf(db, query, { terms: allOf(reading), names, called });
    if (exact.total > 0) return exact;
  }
  for await (const meant of guesses(db, parts)) {
    const terms = oneOfEach(meant);
    const guessed = await hitsOf(db, query, { terms, names: namesOfParts(readings(meant)) });
    if (guessed.total > 0) return { ...guessed, isGuess: true };
  }
  for (const any of telling(parts)) {
    const some = await hitsOf(db, query, { terms: anyOf(any), names: namesOfParts([parts]) });
    if (some.total > 0) return { ...some, isPartial: true };
  }
  // With nothing to show, what the filters hide of the very thing that was asked for leads on.
  return { listingIds: [], total: 0, engine: "postgres", ...exact, isPartial: true };
}

/** What is narrowed only, or not at all: then the whole market is counted, which is known anyway. */
async function browse(db: Kysely<DB>, query: PreparedQuery): Promise<SearchHits> {
  const isAll = Object.keys(query.filters).length === 0;
  const anything = { terms: sql<string>`null::tsquery`, names: [] };
  const hits = await (isAll ? readHits : hitsOf)(db, query, anything);
  if (!isAll || !hits.isCapped || !query.withFacets) return hits;
  return { ...hits, facets: await wholeMarket(db, query.today), cappedFacets: [] };
}

async function hitsOf(db: Kysely<DB>, query: PreparedQuery, wanted: Wanted): Promise<SearchHits> {
  const hits = await readHits(db, query, wanted);
  return withUncounted(db, query, wanted.terms, hits);
}

/** What each part may be meant for, the likeliest first: as it looks, as it sounds, with typos mended. */
async function* guesses(db: Kysely<DB>, parts: QueryPart[]): AsyncGenerator<QueryPart[][]> {
  const seen = bySight(parts);
  if (seen) yield seen;
  const heard = bySound(parts);
  if (heard) yield heard;
  const both = bySightAndSound(parts);
  if (both) yield both;
  const mended = await mendTypos(db, heard ?? parts.map((part) => [part]));
  if (mended) yield mended;
}

/** What a guess may mean as a whole: its likeliest words together, and of a single word any. */
function readings(meant: QueryPart[][]): QueryPart[][] {
  const [only = [], ...more] = meant;
  return more.length === 0 ? only.map((part) => [part]) : [meant.flatMap((each) => each.slice(-1))];
}
