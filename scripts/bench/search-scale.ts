import type { Kysely } from "kysely";
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
import { fillListings } from "./search/fill-listings.ts";
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
    await fillListings(db, listings);
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
      note: "the seed's listings, over and over, with prices and days of their own",
    },
  };
}

const p95At = (db: Kysely<DB>, queries: readonly Query[]) => {
  const engine = createPostgresSearch(db);
  return p95Of(queries, ({ text }) =>
    engine.search({ text, limit: CARDS_A_PAGE, offset: 0, withFacets: true }),
  );
};
