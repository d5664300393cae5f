import { afterAll, beforeAll, expect, test } from "vitest";
import { seed } from "#db/seed/seed.ts";
import { connectMeilisearch, createMeilisearch } from "#search/meilisearch.ts";
import { createPostgresSearch } from "#search/postgres.ts";
import { reindex } from "#search/reindex.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import {
  hasMeilisearch,
  startMeilisearch,
  type TestMeilisearch,
} from "#tests/setup/meilisearch.ts";
import { makeQueries, type Query } from "./queries.ts";
import { readOffered } from "./read-offered.ts";
import { measureRecall } from "./recall.ts";

const index = `recall_${process.pid}_v1`;
let database: TestDatabase;
let server: TestMeilisearch | undefined;
let queries: Query[];

const meili = () => connectMeilisearch(server?.url ?? "", server?.key);

beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.db, { scale: 2 });
  server = hasMeilisearch ? await startMeilisearch() : undefined;
  await reindex(database.db, server && meili(), undefined, index);
  queries = makeQueries(await readOffered(database.db), 250);
}, 120_000);

afterAll(async () => {
  if (server) await meili().deleteIndexIfExists(index);
  await server?.stop();
  await database?.drop();
});

test("PostgreSQL shows first what a query must find, however it is written", async () => {
  const { value, misses } = await measureRecall(createPostgresSearch(database.db), queries);
  expect(value, misses.join("\n")).toBeGreaterThanOrEqual(0.99);
}, 60_000);

test.runIf(hasMeilisearch)(
  "Meilisearch shows first what a query must find, however it is written",
  async () => {
    const { value, misses } = await measureRecall(createMeilisearch(meili(), index), queries);
    expect(value, misses.join("\n")).toBeGreaterThanOrEqual(0.99);
  },
  60_000,
);
