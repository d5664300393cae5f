import { afterAll, beforeAll, expect, test } from "vitest";
import { makeBuyer, makeOrder } from "#tests/factories/orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readPayable } from "./read-payable.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function makePooledOrder() {
  const { db } = database;
  const cooperative = await makeCooperative(db);
  const free = await makeCooperative(db, { freightFirstFen: 0, freightAddedFen: 0 });
  const [first, second, third] = [
    await makeHousehold(db, { cooperative }),
    await makeHousehold(db, { cooperative }),
    await makeHousehold(db, { cooperative: free }),
  ];
  const lots = [first, second].map((household) => ({ household, quantity: 1 }));
  const apples = await makeListing(db, { lots, priceFen: 2_990 });
  const beans = await makeListing(db, {
    lots: [{ household: third, quantity: 9 }],
    ...{ titleZh: "芸豆", titleEn: "", priceFen: 1_200 },
  });
  const order = await makeOrder(db, [
    { listing: apples, quantity: 2 },
    { listing: beans, quantity: 3 },
  ]);
  return {
    ...order,
    codes: [first, second, third].map(({ reliefCode }) => reliefCode),
  };
}

test("a payment page shows every line, the freight that costs, and each relief account once", async () => {
  const { db } = database;
  const { orderId, buyer, totalFen, codes } = await makePooledOrder();
  const order = await readPayable(db, buyer, orderId);
  expect(order?.reliefCodes).toEqual(codes.toSorted());
  expect(order?.lines).toEqual([
    { name: "盐源苹果", unitFen: 2_990, quantity: 2 },
    { name: "芸豆", unitFen: 1_200, quantity: 3 },
    { name: "运费 · 盐源苹果", unitFen: 800, quantity: 1 },
  ]);
  const sum = order?.lines.reduce((fen, line) => fen + line.unitFen * line.quantity, 0);
  expect(sum).toBe(totalFen);

  await db.updateTable("orders").set({ locale: "en" }).where("id", "=", orderId).execute();
  const names = (await readPayable(db, buyer, orderId))?.lines.map((line) => line.name);
  expect(names).toEqual(["Yanyuan apples", "芸豆", "Freight · Yanyuan apples"]);
});

test("another buyer's payment page is nobody's", async () => {
  const { orderId } = await makePooledOrder();
  expect(await readPayable(database.db, makeBuyer(), orderId)).toBeNull();
});
