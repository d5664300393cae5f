import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { householdScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { doubtPrice } from "./doubt-price.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function at(regionCode: string) {
  const { db } = database;
  const home = await makeHousehold(db, { cooperative: await makeCooperative(db, { regionCode }) });
  const { id: householdId, cooperativeId } = home;
  return { home, scope: householdScope({ userId: "u", householdId, cooperativeId }) };
}

/** A price of so many fen for a box of 5 jin. */
const boxOf = (priceFen: number, categoryCode = "apple") => ({
  ...{ categoryCode, priceFen, unit: "box-5jin" as const, unitGrams: null },
});

it("doubts a price beyond five times what was sold around her, and below a fifth of it", async () => {
  const { db } = database;
  const { home, scope } = await at("513423");
  for (let sale = 0; sale < 3; sale++) await makePaidOrder(db, [[home]]); // at ¥5.98 a jin
  const doubt = (priceFen: number) => doubtPrice(db, scope, boxOf(priceFen));
  expect(await doubt(598 * 5 * 5)).toBe(null);
  expect(await doubt(598 * 5 * 5 + 5)).toEqual({ fenPerJin: 2_991, usualFen: 598 });
  expect(await doubt(120 * 5)).toBe(null);
  expect(await doubt(119 * 5)).toEqual({ fenPerJin: 119, usualFen: 598 });
  expect(await doubt(800_000)).toEqual({ fenPerJin: 160_000, usualFen: 598 });
  const bag = { ...boxOf(10_000), unit: "bag" as const };
  expect(await doubtPrice(db, scope, { ...bag, unitGrams: 500 })).toMatchObject({
    fenPerJin: 10_000,
  });
  // What is no price or weight is refused elsewhere.
  expect(await doubt(Number.NaN)).toBe(null);
  expect(await doubtPrice(db, scope, { ...bag, unitGrams: null })).toBe(null);
});

it("doubts a price as far from what the listing itself asked before, where nothing else is known", async () => {
  const { db } = database;
  const { scope } = await at("530102");
  const before = { priceFen: 2_000, unitGrams: 2_500 }; // ¥4.00 a jin
  const doubt = (priceFen: number) =>
    doubtPrice(db, scope, { ...boxOf(priceFen, "unsold"), before });
  expect(await doubt(20)).toEqual({ fenPerJin: 4, usualFen: 400, isOwn: true });
  expect(await doubt(10_005)).toEqual({ fenPerJin: 2_001, usualFen: 400, isOwn: true });
  expect(await doubt(400)).toBe(null);
  expect(await doubt(10_000)).toBe(null);
  expect(await doubtPrice(db, scope, boxOf(20, "unsold"))).toBe(null);
});

it("where too little was sold, asks what three others in the province ask, and else nothing", async () => {
  const { db } = database;
  const [{ home, scope }, neighbour] = [await at("360734"), await at("360702")];
  const offer = (who: typeof home, status = "published") =>
    makeListing(db, {
      ...{ categoryCode: "navel", status },
      lots: [{ household: who, quantity: 3 }],
    });
  await sql`insert into categories (code, name_zh, name_en, icon)
    values ('navel', '脐橙', 'Navel oranges', 'orange')`.execute(db);
  const doubt = () => doubtPrice(db, scope, boxOf(800_000, "navel"));
  for (const who of [home, neighbour.home, neighbour.home]) await offer(who);
  await offer(neighbour.home, "withdrawn");
  await offer((await at("513423")).home);
  expect(await doubt()).toBe(null);
  await offer(neighbour.home);
  expect(await doubt()).toEqual({ fenPerJin: 160_000, usualFen: 598 });
  // What is no one crop has no price in common, whatever was asked for it.
  await sql`insert into categories (code, name_zh, name_en, icon)
    values ('other-fruit', '其他水果', 'Other fruit', 'orange')`.execute(db);
  await sql`update listings set category_code = 'other-fruit'`.execute(db);
  expect(await doubtPrice(db, scope, boxOf(800_000, "other-fruit"))).toBe(null);
});
