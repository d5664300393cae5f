import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeSearchMarket } from "#tests/factories/search.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import type { SearchQuery } from "./engine.ts";
import { createPostgresSearch } from "./postgres.ts";
import { MOST_HITS } from "./postgres-hits.ts";
import { reindex } from "./reindex.ts";
import { syncListing } from "./sync.ts";

// Of a small market many documents like one of its listings, each a bit older and dearer than the
// one before; fifty numbers apart, so that they lie in as many slices of the index as thousands do.

const COPIES = 400;
let database: TestDatabase;
let ids: Record<string, string>;
beforeAll(async () => {
  database = await createTestDatabase();
  ids = await makeSearchMarket(database.db);
  await reindex(database.db, undefined);
  await sql`alter table search_documents drop constraint search_documents_listing_id_fkey`.execute(
    database.db,
  );
  await copy("sweetPotato");
  await copy("appleYanyuan");
  await spread();
});
afterAll(() => database?.drop());

async function copy(key: string): Promise<void> {
  const { db } = database;
  const written = sql.raw(`version, document, terms, category_code, category_codes, region_code,
    cooperative_id, grade, in_stock, harvested_on, ships_from, households`);
  await sql`insert into search_documents (listing_id, ${written}, fen_per_jin, published_at)
    select gen_random_uuid(), ${written}, fen_per_jin + n, published_at - n * interval '1 hour'
    from search_documents, generate_series(1, ${COPIES}::int) n where listing_id = ${ids[key]}
    order by n desc`.execute(db);
}

const spread = () =>
  sql`update search_documents set ordinal = 1000000 + new.at * 50 from (
      select listing_id, row_number() over (order by published_at) as at from search_documents
    ) new where new.listing_id = search_documents.listing_id`.execute(database.db);

const ask = (query: Partial<SearchQuery>) =>
  createPostgresSearch(database.db).search({ text: "", limit: 24, offset: 0, ...query });
const first = async (query: Partial<SearchQuery>) => {
  const [id] = (await ask(query)).listingIds;
  return Object.keys(ids).find((key) => ids[key] === id) ?? id;
};

describe("a search that finds more than is worth counting", () => {
  test("tells that there are more, of everything that is counted", async () => {
    const { total, isCapped, facets, cappedFacets } = await ask({
      ...{ text: "苹果", grade: "premium", withFacets: true },
    });
    expect([total, isCapped]).toEqual([MOST_HITS, true]);
    expect(facets?.category.apple).toBe(MOST_HITS + 1);
    expect(cappedFacets).toContain("category");
    const some = await ask({ text: "梨", withFacets: true });
    expect([some.total, some.isCapped, some.cappedFacets]).toEqual([1, undefined, []]);
    expect(some.hasMoreChoices).toBeUndefined();
  });

  test("leaves every value to choose, also of what is older than all that is counted", async () => {
    const ageTo = (ordinal: number, years: number) =>
      sql`update search_documents set ordinal = ${ordinal},
        published_at = published_at + make_interval(years => ${years})
        where listing_id = ${ids.appleLixian}`.execute(database.db);
    const { ordinal } = await database.db
      .selectFrom("search_documents")
      .select("ordinal")
      .where("listing_id", "=", ids.appleLixian ?? "")
      .executeTakeFirstOrThrow();
    await ageTo(1, -5);
    const newest = await ask({ text: "苹果", withFacets: true });
    expect(newest.facets?.region).not.toHaveProperty("621226");
    expect(newest.hasMoreChoices).toBe(true);
    const every = { text: "苹果", withFacets: true, withEveryChoice: true };
    const { facets, cappedFacets, hasMoreChoices } = await ask(every);
    expect(hasMoreChoices).toBeUndefined();
    expect(facets?.region).toMatchObject({ "513423": MOST_HITS + 1, "621226": 1, "620000": 1 });
    expect(facets?.grade).toMatchObject({ first: 1 });
    expect(facets?.region).not.toHaveProperty("520526");
    expect(cappedFacets).toContain("region");
    const chosen = await ask({ ...every, region: "513423" });
    expect(chosen.facets?.region).toMatchObject({ "621226": 1 });
    expect(chosen.facets?.grade).not.toHaveProperty("first");
    await ageTo(Number(ordinal), 5);
  });

  test("counts the whole market to the last listing where nothing is asked", async () => {
    const { total, isCapped, facets, cappedFacets } = await ask({ withFacets: true });
    expect([total, isCapped, cappedFacets]).toEqual([MOST_HITS, true, []]);
    expect(facets?.category).toMatchObject({ apple: COPIES + 3, honey: 1, fruit: COPIES + 4 });
  });

  test("can be leafed through to where counting ends, nothing twice", async () => {
    const pages = await Promise.all(
      [0, 96, 192, 288].map((offset) => ask({ text: "苹果", limit: 96, offset })),
    );
    const all = pages.flatMap((page) => page.listingIds);
    expect(pages.map((page) => page.listingIds.length)).toEqual([96, 96, 48, 0]);
    expect(new Set(all).size).toBe(MOST_HITS);
  });

  test("shows the newest of them, and by age when that is asked for", async () => {
    expect(await first({ text: "糖心苹果" })).toBe("appleYanyuan");
    const { listingIds } = await ask({ sort: "newest", limit: 100 });
    const { rows } = await sql<{ id: string }>`select listing_id as id from search_documents
      order by in_stock desc, published_at desc, listing_id limit 100`.execute(database.db);
    expect(listingIds).toEqual(rows.map((row) => row.id));
  });

  test("has what is called so among them, where all that is newer only has it in its name", async () => {
    expect(await first({ text: "potato" })).toBe("potato");
  });

  test("finds by a filter what is none of the newest", async () => {
    expect(await first({ text: "草海镇", category: "honey" })).toBe("honey");
    expect((await ask({ text: "苹果", region: "621226" })).total).toBe(1);
    expect((await ask({ text: "苹果", price: "1000-2000" })).total).toBeGreaterThan(150);
  });

  test("has the cheapest first where that is asked for, however old", async () => {
    const cheapest = async (text: string) => {
      const { listingIds } = await ask({ text, sort: "price", limit: 1 });
      const { rows } = await sql<{ fen: number }>`select fen_per_jin as fen from search_documents
        where listing_id = ${listingIds[0]}`.execute(database.db);
      return rows[0]?.fen;
    };
    await sql`update search_documents set fen_per_jin = 1 where listing_id = (
      select listing_id from search_documents where category_code = 'apple' and in_stock
      order by published_at limit 1)`.execute(database.db);
    expect([await cheapest("苹果"), await cheapest(""), await cheapest("盐源")]).toEqual([1, 1, 1]);
    expect(await first({ text: "盐源", sort: "households" })).toBe("pear");
  });
});

test("writing a document anew leaves it in its place by age, and uses up none", async () => {
  const { db } = database;
  const place = async () => {
    const { rows } = await sql<{ ordinal: number; used: number }>`
      select ordinal, (select last_value from search_ordinals) as used from search_documents
      where listing_id = ${ids.pear}`.execute(db);
    return rows[0];
  };
  const before = await place();
  await syncListing(db, undefined, ids.pear ?? "");
  expect(await place()).toEqual(before);
});
