import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeImportCoop } from "#tests/factories/imports.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { changeChosen } from "./change-chosen.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const statusOf = async (id: string) =>
  (
    await database.db
      .selectFrom("listings")
      .select("status")
      .where("id", "=", id)
      .executeTakeFirstOrThrow()
  ).status;
const changesOf = async (id: string) =>
  (
    await database.db
      .selectFrom("listing_changes")
      .select("after")
      .where("listing_id", "=", id)
      .where("what", "=", "status")
      .execute()
  ).length;

test("what is chosen is paused and put back, each by itself, and never another's", async () => {
  const { db } = database;
  const [{ listings, scope }, other] = [await makeImportCoop(db), await makeImportCoop(db)];
  const [first, second] = listings;
  await db.updateTable("listings").set({ status: "withdrawn" }).where("id", "=", second).execute();
  const listingIds = [first, second, other.listings[0], uuidv7(), "no-id"];
  const change = async (event: "pause" | "resume") => [
    ...(await changeChosen(db, scope, { listingIds, event })).values(),
  ];
  const rest = ["listing-withdrawn", "listing-unknown", "listing-unknown", "listing-unknown"];
  expect(await change("pause")).toEqual(["changed", ...rest]);
  expect(await change("pause")).toEqual(["stands", ...rest]);
  expect([await statusOf(first), await statusOf(other.listings[0])]).toEqual([
    "paused",
    "published",
  ]);
  expect(await change("resume")).toEqual(["changed", ...rest]);
  expect(await changesOf(first)).toBe(2);
  // What its household has paused itself nobody puts back for it.
  await sql`update listings set status = 'paused' where id = ${first}`.execute(db);
  await sql`insert into listing_changes (id, listing_id, what, before, after, changed_by, by_cooperative)
    values (${uuidv7()}, ${first}, 'status', 'published', 'paused', 'farmer', false)`.execute(db);
  expect(await change("resume")).toEqual(["paused-by-household", ...rest]);
});

test("two who pause the same produce at once pause it once", async () => {
  const { db } = database;
  const { listings, scope } = await makeImportCoop(db);
  const pause = () => changeChosen(db, scope, { listingIds: listings, event: "pause" });
  const lock = sql`select from listings where id = ${listings[0]} for update`;
  const both = await raceBehind(db, lock, 2, [pause, pause]);
  for (const id of listings) {
    expect(both.map((outcomes) => outcomes.get(id)).toSorted()).toEqual(["changed", "stands"]);
    expect(await changesOf(id)).toBe(1);
  }
});
