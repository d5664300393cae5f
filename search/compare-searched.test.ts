import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeSearchMarket } from "#tests/factories/search.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import {
  hasMeilisearch,
  startMeilisearch,
  type TestMeilisearch,
} from "#tests/setup/meilisearch.ts";
import { compareSearched } from "./compare-searched.ts";
import { connectMeilisearch } from "./meilisearch.ts";
import { placeOfDay } from "./meilisearch-document.ts";
import { reindex } from "./reindex.ts";
import { finish } from "./sync.ts";

const uid = `compared_${process.pid}_v1`;
let database: TestDatabase;
let server: TestMeilisearch | undefined;
let ids: Record<string, string>;
const meili = () => (server ? connectMeilisearch(server.url, server.key) : undefined);
const compare = () => compareSearched(database.db, meili(), uid);

beforeAll(async () => {
  database = await createTestDatabase();
  ids = await makeSearchMarket(database.db);
  server = hasMeilisearch ? await startMeilisearch() : undefined;
});
beforeEach(() => reindex(database.db, meili(), undefined, uid));
afterAll(async () => {
  await meili()?.deleteIndexIfExists(uid);
  await server?.stop();
  await database?.drop();
});

test("a market just indexed is searched by what it says", async () => {
  expect(await compare()).toEqual([]);
});

test("terms and columns changed by hand are named", async () => {
  const { db } = database;
  await sql`update search_documents set terms = '''pear'':1A'::tsvector
    where listing_id = ${ids.garlic}`.execute(db);
  await sql`update search_documents set fen_per_jin = 1, in_stock = not in_stock
    where listing_id = ${ids.pear}`.execute(db);
  const found = await compare();
  expect(found).toHaveLength(2);
  expect(found).toContainEqual({ engine: "postgres", listingId: ids.garlic, what: ["terms"] });
  expect(found).toContainEqual({
    ...{ engine: "postgres", listingId: ids.pear, what: ["fen_per_jin", "in_stock"] },
  });
});

test("a word that is no longer looked up is named", async () => {
  await sql`delete from search_words where word = 'walnut'`.execute(database.db);
  expect(await compare()).toEqual([
    { engine: "postgres", listingId: null, what: ["search_words walnut"] },
  ]);
});

test.runIf(hasMeilisearch)(
  "whatever the day of a harvest, what was written is what is found",
  async () => {
    const { db } = database;
    // More days than listings: each is drawn from a year that differs.
    for (const year of [2025, 2026, 2027, 2028]) {
      await sql`update listings set harvested_on = make_date(${year}, 1, 1) + (n * 29)::int
        from (select id, row_number() over (order by id) as n from listings) numbered
        where numbered.id = listings.id`.execute(db);
      await reindex(db, meili(), undefined, uid);
      expect(await compare()).toEqual([]);
    }
  },
);

test("a day is written as a place of a few digits, every day as another", () => {
  const days = Array.from({ length: 4_000 }, (_, at) =>
    new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10),
  );
  const places = days.map((day) => String(placeOfDay(day).lng));
  expect(new Set(places).size).toBe(days.length);
  expect(places.filter((place) => place.length > 8)).toEqual([]);
});

test.runIf(hasMeilisearch)(
  "a place whose last digit the engine has changed is no ruin, another day is",
  async () => {
    const client = connectMeilisearch(server?.url ?? "", server?.key);
    const index = client.index(uid);
    const { _geo } = await index.getDocument<{ _geo: { lat: number; lng: number } }>(
      ids.pear ?? "",
    );
    const moved = async (by: number) => {
      const change = { id: ids.pear, _geo: { lat: 0, lng: _geo.lng + by } };
      await finish(client, await index.updateDocuments([change]));
      return compare();
    };
    expect(await moved(1e-12)).toEqual([]);
    expect(await moved(1 / 200)).toContainEqual({
      ...{ engine: "meilisearch", listingId: ids.pear, what: ["_geo"] },
    });
  },
);

test.runIf(hasMeilisearch)(
  "fields and settings of Meilisearch changed by hand are named",
  async () => {
    const client = connectMeilisearch(server?.url ?? "", server?.key);
    const index = client.index(uid);
    const change = { id: ids.pear, what: "garlic", fenPerJin: 1 };
    await finish(client, await index.updateDocuments([change]));
    await finish(client, await index.updateSettings({ rankingRules: ["words"] }));
    await finish(client, await index.updateFilterableAttributes(["categories"]));
    const found = await compare();
    expect(found).toContainEqual({
      ...{ engine: "meilisearch", listingId: ids.pear, what: ["what", "fenPerJin"] },
    });
    expect(found).toContainEqual({
      ...{ engine: "meilisearch", listingId: null },
      what: ["setting filterableAttributes", "setting rankingRules"],
    });
  },
);
