import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeSearchMarket } from "#tests/factories/search.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import {
  hasMeilisearch,
  startMeilisearch,
  type TestMeilisearch,
} from "#tests/setup/meilisearch.ts";
import { compareEngines } from "./compare.ts";
import { compareSearched } from "./compare-searched.ts";
import type { SearchReader } from "./engine.ts";
import { connectMeilisearch, createMeilisearch } from "./meilisearch.ts";
import { createPostgresSearch } from "./postgres.ts";
import { reindex } from "./reindex.ts";
import { syncListing } from "./sync.ts";

const uid = `certified_${process.pid}_v1`;
let database: TestDatabase;
let server: TestMeilisearch | undefined;
let pear = "";
const meili = () => (server ? connectMeilisearch(server.url, server.key) : undefined);

beforeAll(async () => {
  database = await createTestDatabase();
  pear = (await makeSearchMarket(database.db)).pear ?? "";
  server = hasMeilisearch ? await startMeilisearch() : undefined;
  await reindex(database.db, meili(), undefined, uid);
});
afterAll(async () => {
  await meili()?.deleteIndexIfExists(uid);
  await server?.stop();
  await database?.drop();
});

/** Whether each engine finds pears, all of it, by these words. */
async function isFound(text: string): Promise<boolean[]> {
  const client = meili();
  const engines: SearchReader[] = [createPostgresSearch(database.db)];
  if (client) engines.push(createMeilisearch(client, uid));
  const answers = await Promise.all(engines.map((e) => e.search({ text, limit: 9, offset: 0 })));
  return answers.map(({ listingIds, isPartial }) => !isPartial && listingIds.includes(pear));
}
const everywhere = (found: boolean) => (hasMeilisearch ? [found, found] : [found]);

/** What is written into the market's tables, and what the engines do not know of it until they are told. */
async function change(write: (id: string) => Promise<unknown>): Promise<void> {
  await write(pear);
  const outdated = await compareEngines(database.db, meili(), uid);
  expect(outdated.map(({ listingId, kind }) => [listingId, kind])).toEqual(
    everywhere(true).map(() => [pear, "outdated"]),
  );
  await syncListing(database.db, meili(), pear, uid);
  expect(await compareEngines(database.db, meili(), uid)).toEqual([]);
  expect(await compareSearched(database.db, meili(), uid)).toEqual([]);
}

const enter = (kind: string) => (id: string) =>
  sql`insert into listing_certificates (id, listing_id, kind, number, valid_until, entered_by)
    values (gen_random_uuid(), ${id}, ${kind}, 'TRIAL-0001', current_date + 30, 'nobody')`.execute(
    database.db,
  );

test("a listing is found by its certificate from the day it is entered to the day it ends or is taken off", async () => {
  const { db } = database;
  expect(await isFound("有机梨")).toEqual(everywhere(false));
  await change(enter("organic"));
  expect(await isFound("有机梨")).toEqual(everywhere(true));
  expect(await isFound("organic pear")).toEqual(everywhere(true));
  await change((id) =>
    sql`update listing_certificates set valid_until = current_date - 2
      where listing_id = ${id}`.execute(db),
  );
  expect(await isFound("有机梨")).toEqual(everywhere(false));
  await change(enter("origin"));
  expect(await isFound("地理标志梨")).toEqual(everywhere(true));
  await change((id) =>
    sql`update listing_certificates set removed_at = now(), removed_by = 'nobody'
      where listing_id = ${id}`.execute(db),
  );
  expect(await isFound("地理标志梨")).toEqual(everywhere(false));
});

test("words of a certificate that an index has lost are named", async () => {
  await change(enter("green"));
  await sql`update search_documents set terms = ts_delete(terms, '绿色食品')
    where listing_id = ${pear}`.execute(database.db);
  await sql`delete from search_words where word = 'lvseshipin'`.execute(database.db);
  const ruins = await compareSearched(database.db, meili(), uid);
  expect(ruins).toEqual([
    { engine: "postgres", listingId: pear, what: ["terms"] },
    { engine: "postgres", listingId: null, what: ["search_words lvseshipin"] },
  ]);
});
