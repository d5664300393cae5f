import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { takePrices } from "#app/domain/imports/prices/take-prices.ts";
import { changeListing } from "#app/domain/listings/change-listing.ts";
import { restockListing } from "#app/domain/listings/restock-listing.ts";
import { correctStock } from "#app/domain/stock/correct-stock.ts";
import { actingFrom } from "#app/security/acting-from.ts";
import { onBehalfOf } from "#tests/factories/consents.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { coopScope, scopeOf } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { type ActFilter, readActs } from "./read-acts.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const HERE = { network: "203.0.113.0/24", device: "pc edge" };
const ALL: ActFilter = { memberId: null, action: null, day: null };

test("what a cooperative changes of a household's listing stands in its record once: price, stock and state, before, after and from where", async () => {
  const { db } = database;
  const household = await makeHousehold(db, { cooperative: await makeCooperative(db) });
  const onBehalf = await onBehalfOf(db, household);
  const { cooperativeId } = household;
  const scope = coopScope({ userId: onBehalf.userId, cooperativeId });
  const member = { cooperative_id: cooperativeId, role: "manager", name: "Ada" };
  await db
    .insertInto("cooperative_members")
    .values({ id: uuidv7(), user_id: scope.userId, ...member })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { id: listingId, lotIds } = await makeListing(db, { lots: [{ household, quantity: 10 }] });
  const value = { listing: listingId, newPrice: 3_100 };
  const row = { line: 1, said: {}, value, faults: [], key: "" };
  const stock = { listingId, quantity: 5, harvestedOn: shanghaiDay(new Date()) };
  await actingFrom(HERE, async () => {
    await db.transaction().execute((trx) => takePrices(trx, scope, [row]));
    const more = { ...stock, clientKey: uuidv7(), isSure: true };
    expect(await restockListing(db, onBehalf, more)).toMatchObject({ ok: true });
    await changeListing(db, onBehalf, { listingId, event: "pause" });
    const spoiled = { lotId: lotIds[0] ?? "", quantity: 2, reason: "spoiled" } as const;
    const left = await correctStock(db, scope, { ...spoiled, clientKey: uuidv7() });
    expect(left).toMatchObject({ ok: true });
  });
  // What the household does itself is hers.
  await changeListing(db, scopeOf(household), { listingId, event: "withdraw" });

  const read = async (filter: Partial<ActFilter> = {}, of = scope) =>
    (await readActs(db, of, { ...ALL, ...filter })).acts;
  const acts = await read();
  expect(acts.map(({ action }) => action)).toEqual([
    ...["stock.corrected", "listing.state", "listing.stock", "listing.price"],
  ]);
  expect(acts.slice(1)).toMatchObject([
    { before: { status: "published" }, after: { status: "paused" } },
    { before: { available: 10 }, after: { available: 15 } },
    { before: { price: "2990" }, after: { price: "3100" } },
  ]);
  for (const act of acts) {
    expect(act).toMatchObject({ name: expect.anything(), from: { by: "person", ...HERE } });
  }
  expect(await read({ action: "listing.price" })).toHaveLength(1);
  expect(await read({ day: "2020-01-01" })).toEqual([]);
  const other = coopScope({
    userId: scope.userId,
    cooperativeId: (await makeHousehold(db)).cooperativeId,
  });
  expect(await read({}, other)).toEqual([]);
});
