import { type Kysely, type RawBuilder, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { SearchHits, SearchReader } from "./engine.ts";
import { mendTypos } from "./mend-typos.ts";
import { readFacets } from "./postgres-facets.ts";
import { conditionsOf } from "./postgres-filters.ts";
import { allOf, anyOf, eitherOf, preferringName } from "./postgres-terms.ts";
import { type PreparedQuery, prepareQuery, telling } from "./prepare-query.ts";
import { bySound, type QueryPart } from "./query-parts.ts";

type Condition = { where: RawBuilder<unknown>; rank: RawBuilder<unknown> };

/** Search without a service of its own: what takes over when Meilisearch is away. */
export function createPostgresSearch(db: Kysely<DB>): SearchReader {
  return {
    name: "postgres",
    search: async (query) => {
      const prepared = prepareQuery(query);
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
  if (parts.length === 0) return answer(db, query, { where: sql`true`, rank: sql`0` });
  const exact = await answer(db, query, byTerms(allOf(parts), parts));
  if (exact.total > 0) return exact;
  for await (const meant of guesses(db, parts)) {
    const guessed = await answer(
      db,
      query,
      byTerms(meant.map(eitherOf).join(" & "), ...readings(meant)),
    );
    if (guessed.total > 0) return guessed;
  }
  const some = await answer(db, query, byTerms(anyOf(telling(parts)), parts));
  // With nothing to show, what the filters hide of the very thing that was asked for leads on.
  const { facets } = some.total > 0 ? some : exact;
  return { ...some, facets, isPartial: true };
}

/** What each part may be meant for, the likeliest first: as it sounds, then with typos mended. */
async function* guesses(db: Kysely<DB>, parts: QueryPart[]): AsyncGenerator<QueryPart[][]> {
  const heard = bySound(parts);
  if (heard) yield heard;
  const mended = await mendTypos(db, heard ?? parts.map((part) => [part]));
  if (mended) yield mended;
}

/** What a guess may mean as a whole: its likeliest words together, and of a single word any. */
function readings(meant: QueryPart[][]): QueryPart[][] {
  const [only = [], ...more] = meant;
  return more.length === 0 ? only.map((part) => [part]) : [meant.flatMap((each) => each.slice(-1))];
}

function byTerms(tsquery: string, ...names: (readonly QueryPart[])[]): Condition {
  const ranking = preferringName(tsquery, names);
  return {
    where: sql`terms @@ ${tsquery}::tsquery`,
    rank: sql`ts_rank('{0.05, 0.2, 0.4, 1}', terms, ${ranking}::tsquery)`,
  };
}

async function answer(db: Kysely<DB>, query: PreparedQuery, by: Condition): Promise<SearchHits> {
  const [hits, facets] = await Promise.all([
    read(db, query, by),
    query.withFacets ? readFacets(db, query, by.where) : undefined,
  ]);
  return { ...hits, ...(facets && { facets }) };
}

/** What is sold out stands last, and the id makes every order a total one: pages never overlap. */
function orderOf({ sort, today }: PreparedQuery, rank: RawBuilder<unknown>): RawBuilder<unknown> {
  const own = {
    relevance: sql`${rank} desc,`,
    price: sql`fen_per_jin,`,
    newest: sql``,
    harvest: sql`abs(harvested_on - ${today}::date),`,
    households: sql`households desc,`,
  }[sort];
  return sql`in_stock desc, ${own} published_at desc, listing_id`;
}

async function read(db: Kysely<DB>, query: PreparedQuery, by: Condition): Promise<SearchHits> {
  const { limit, offset } = query;
  const conditions = conditionsOf(query).map(([, condition]) => condition);
  const where = sql.join([by.where, ...conditions], sql` and `);
  const { rows } = await sql<{ listing_id: string; total: number }>`
    select listing_id, count(*) over () as total from search_documents where ${where}
    order by ${orderOf(query, by.rank)}
    limit ${limit} offset ${offset}`.execute(db);
  const [first] = rows;
  const total = first?.total ?? (offset > 0 ? await count(db, where) : 0);
  return { listingIds: rows.map((row) => row.listing_id), total, engine: "postgres" };
}

async function count(db: Kysely<DB>, where: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from search_documents where ${where}`.execute(db);
  return rows[0]?.total ?? 0;
}
