import type { Kysely } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { givePhone, makeAsked, managerOf } from "#tests/factories/consents.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readAskedConsent, readCoopListings } from "./read-coop-listings.ts";
import { readSeller } from "./read-household.ts";

let database: TestDatabase;
let db: Kysely<DB>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database.drop());

it("a cooperative reads what its own households sell or are asked about, newest first, found by any name", async () => {
  const household = await makeHousehold(db, { headName: "沙马_阿木" });
  await givePhone(db, household);
  const manager = managerOf(household);
  const sold = await makeListing(db, { lots: [{ household, quantity: 7 }], titleZh: "100%苹果" });
  const { listingId } = await makeAsked(db, { household });
  const other = await makeHousehold(db);
  const theirs = await makeListing(db, { lots: [{ household: other, quantity: 1 }] });
  const find = async (search: string, page = 1, perPage = 9) => {
    const { rows, total } = await readCoopListings(db, manager, { search, page, perPage });
    return [total, ...rows.map(({ id }) => id)];
  };
  expect(await find("")).toEqual([2, listingId, sold.id]);
  expect(await find("", 2, 1)).toEqual([2, sold.id]);
  expect(await find(" 沙马_ ")).toEqual([2, listingId, sold.id]);
  expect(await find("雪梨")).toEqual([1, listingId]);
  expect(await find("100%")).toEqual([1, sold.id]);
  expect(await find("沙%木")).toEqual([0]);
  const { rows } = await readCoopListings(db, manager, { search: "苹果", page: 1, perPage: 9 });
  expect(rows).toMatchObject([{ available: 7, status: "published", consent: null }]);
  expect(await readAskedConsent(db, manager, theirs.id)).toBeNull();
});

it("of a question it reads as well whether the household can still be sent a message", async () => {
  const { household, listingId } = await makeAsked(db);
  const manager = managerOf(household);
  expect(await readAskedConsent(db, manager, listingId)).toMatchObject({ hasPhone: true });
  await db.deleteFrom("household_members").where("household_id", "=", household.id).execute();
  expect(await readAskedConsent(db, manager, listingId)).toMatchObject({ hasPhone: false });
});

it("the right to run a listing is given for one of its own households' only", async () => {
  const household = await makeHousehold(db);
  const manager = managerOf(household);
  const own = await makeListing(db, { lots: [{ household, quantity: 1 }] });
  const found = await readSeller(db, manager, own.id);
  expect(found?.onBehalf).toMatchObject({ householdId: household.id, isOnBehalf: true });
  const pooled = await makeListing(db, {
    lots: [
      { household, quantity: 1 },
      { household, quantity: 1, harvestedOn: "2026-11-02" },
    ],
  });
  const theirs = await makeListing(db);
  for (const id of [pooled.id, theirs.id, household.id, "no-id"]) {
    expect(await readSeller(db, manager, id)).toBeNull();
  }
});
