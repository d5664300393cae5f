import { type Kysely, sql } from "kysely";
import { createDb, createPool } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import type { DB } from "#db/schema.d.ts";
import { seed } from "#db/seed/seed.ts";
import { createPostgresSearch } from "#search/postgres.ts";
import { reindex } from "#search/reindex.ts";
import { addDatabase } from "./database.ts";
import type { Measured } from "./figures.ts";
import { measurePairs, ratioOf } from "./pairs.ts";
import type { Place } from "./place.ts";
import { p95Of } from "./search/ask-all.ts";
import { makeQueries, type Query } from "./search/queries.ts";
import { readOffered } from "./search/read-offered.ts";

const FEW = 1_000;
const MANY = 100_000;
/** What two minutes are enough for. */
const MANY_QUICKLY = 10_000;
const CARDS_A_PAGE = 16;

/** The same questions where a hundred thousand listings are for sale, and where a thousand are. */
export async function searchScale({ adminUrl, family, isQuick }: Place): Promise<Measured> {
  async function openMarket(name: string, listings: number) {
    const url = await addDatabase(adminUrl, name);
    await migrate(url);
    const db = createDb(createPool(url, 4));
    family.atEnd(() => db.destroy());
    await seed(db);
    await reindex(db, undefined);
    const queries = makeQueries(await readOffered(db), isQuick ? 50 : 300);
    await fillIndex(db, listings);
    return { db, queries };
  }
  const few = await openMarket("few", FEW);
  const many = await openMarket("many", isQuick ? MANY_QUICKLY : MANY);
  const pairs = await measurePairs(
    isQuick ? 5 : 7,
    () => p95At(many.db, many.queries),
    () => p95At(few.db, few.queries),
  );
  return {
    value: ratioOf(pairs),
    detail: {
      first: "ms, p95 of a search in PostgreSQL with its counts among many listings",
      second: "ms, p95 of the same among few",
      listings: [isQuick ? MANY_QUICKLY : MANY, FEW],
      ...{ engine: "postgres", queries: few.queries.length, pairs },
      note: "the seed's documents, over and over, with prices and days of their own",
    },
  };
}

const p95At = (db: Kysely<DB>, queries: readonly Query[]) => {
  const engine = createPostgresSearch(db);
  return p95Of(queries, ({ text }) =>
    engine.search({ text, limit: CARDS_A_PAGE, offset: 0, withFacets: true }),
  );
};

/** Copies documents until there are so many; their listings are not needed to search. */
async function fillIndex(db: Kysely<DB>, listings: number): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`set session_replication_role = replica`.execute(connection);
    await sql`
      insert into search_documents (listing_id, version, document, terms, category_code,
        category_codes, region_code, cooperative_id, grade, fen_per_jin, in_stock, published_at,
        harvested_on, ships_from, households, ordinal)
      select gen_random_uuid(), version, document, terms, category_code, category_codes,
        region_code, cooperative_id, grade, 1 + fen_per_jin * (50 + n % 100) / 100, in_stock,
        published_at - n * interval '7 minutes', harvested_on - n % 200, ships_from, households,
        nextval('search_ordinals')
      from search_documents, generate_series(1, ${Math.ceil(listings / 100)}::int) n
      order by n desc limit ${listings} - (select count(*) from search_documents)`.execute(
      connection,
    );
    await sql`set session_replication_role = origin`.execute(connection);
  });
  await sql`vacuum (analyze) search_documents`.execute(db);
}
