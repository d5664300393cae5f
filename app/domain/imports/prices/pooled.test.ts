import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { makeImportCoop, takeTable } from "#tests/factories/imports.ts";
import { type MadeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { listingsFile } from "../listings-file.ts";

let database: TestDatabase;
let db: Kysely<DB>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openAsApp(database);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

test("a pooled listing stands in the table and takes another price, a lower one once nothing brought at more lies in it", async () => {
  const { household, listings, scope } = await makeImportCoop(db);
  const cooperative = { id: scope.cooperativeId, regionCode: "513423" } as MadeCooperative;
  const neighbour = await makeHousehold(db, { cooperative });
  const lots = [household, neighbour].map((each) => ({ household: each, quantity: 5 }));
  const pool = await makeListing(db, { lots, priceFen: 2_000 });
  const theirs = await makeListing(db, {
    lots: [
      { household: await makeHousehold(db), quantity: 1 },
      { household: await makeHousehold(db), quantity: 1 },
    ],
  });
  const file = await listingsFile(db, scope);
  for (const id of [pool.id, ...listings]) expect(file).toContain(id);
  expect(file).toContain(`${pool.id},合卖,`);
  expect(file).not.toContain(theirs.id);
  const price = async (yuan: string, id = pool.id) =>
    takeTable(db, scope, { kind: "prices", text: `商品编号,新价\n${id},${yuan}\n` });
  expect(await price("26", theirs.id)).toEqual(["taken", "listing-unknown"]);
  expect(await price("26")).toEqual(["taken", "take"]);
  expect(await price("26")).toEqual(["taken", "known"]);
  expect(await price("25")).toEqual(["taken", "pooled-lower"]);
  expect(await price("200")).toEqual(["taken", "price-doubted"]);
  const held = sql`update lots set available = 0, held = 1, sold = 4 where listing_id = ${pool.id}`;
  await held.execute(database.db);
  expect(await price("25")).toEqual(["taken", "pooled-lower"]);
  await sql`update lots set held = 0, sold = 5 where listing_id = ${pool.id}`.execute(database.db);
  expect(await price("25")).toEqual(["taken", "take"]);
  const { rows } = await sql<{ what: string; before: string; after: string }>`
    select what, before, after from listing_changes where listing_id = ${pool.id} order by id`.execute(
    db,
  );
  expect(rows).toEqual([
    { what: "price", before: "2000", after: "2600" },
    { what: "price", before: "2600", after: "2500" },
  ]);
  const told = db.selectFrom("untold_changes").select("change_id");
  expect(await told.where("listing_id", "=", pool.id).execute()).toEqual([]);
  // Each of the two is told of what its goods rose to; of what fell behind the last of them, nobody.
  const { rows: news } = await sql<{ household: string; params: unknown }>`
    select household_id as household, params from messages where template = 'pool.priced'
    order by household_id`.execute(database.db);
  const { fen, unit } = { fen: 2_600, unit: expect.stringMatching(/^\S+ \d+$/) };
  expect(news).toEqual(
    [household.id, neighbour.id]
      .sort()
      .map((each) => ({ household: each, params: { title: expect.any(String), fen, unit } })),
  );
  const { rows: jobs } = await sql`select from graphile_worker.jobs
    where key = ${`index-listing:${pool.id}`}`.execute(database.db);
  expect(jobs).toHaveLength(1);
});
