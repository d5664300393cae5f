import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillCart, makeBuyer, makeOrder } from "#tests/factories/orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { buyAgain } from "./buy-again.ts";
import { readAgain } from "./read-again.ts";
import { readCart } from "./read-cart.ts";

let market: TestDatabase;
beforeAll(async () => {
  market = await createTestDatabase();
});
afterAll(() => market.drop());

const listed = async (boxes = 10) =>
  makeListing(market.db, {
    lots: [{ household: await makeHousehold(market.db), quantity: boxes }],
  });

/** Two of each listing, ordered once. */
async function makeOrdered(count = 1) {
  const listings = [];
  for (let each = 0; each < count; each++) listings.push(await listed());
  const order = await makeOrder(
    market.db,
    listings.map((listing) => ({ listing, quantity: 2 })),
  );
  return { ...order, listings };
}

async function cartOf(buyer: ReturnType<typeof makeBuyer>) {
  const { groups, canCheckOut } = await readCart(market.db, buyer);
  const lines = groups.flatMap((group) => group.lines);
  const quantities = Object.fromEntries(lines.map((line) => [line.listingId, line.quantity]));
  return { quantities, canCheckOut, prices: lines.map((line) => line.seenPriceFen) };
}

const set = (id: string, column: "price_fen" | "status", value: number | string) =>
  sql`update listings set ${sql.ref(column)} = ${value} where id = ${id}`.execute(market.db);
const leave = (id: string, boxes: number) =>
  sql`update lots set quantity_in = quantity_in - available + ${boxes}, available = ${boxes}
    where listing_id = ${id}`.execute(market.db);

test("an order bought again lies in the cart as it was ordered, at the prices of now", async () => {
  const { buyer, number, listings } = await makeOrdered(2);
  const [dear, cheap] = listings.map(({ id }) => id) as [string, string];
  await set(dear, "price_fen", 3_500);
  await set(cheap, "price_fen", 2_000);
  expect(await buyAgain(market.db, buyer, number)).toEqual({ ok: true });
  const cart = await cartOf(buyer);
  expect(cart.quantities).toEqual({ [dear]: 2, [cheap]: 2 });
  expect(cart.prices.sort()).toEqual([2_000, 3_500]);
  expect(cart.canCheckOut, "nothing is left to be mended").toBe(true);
  const told = await readAgain(market.db, buyer, number);
  expect(
    told.map(({ listingId, what, paidFen, nowFen }) => [listingId, what, paidFen, nowFen]),
  ).toEqual(
    expect.arrayContaining([
      [dear, "dearer", 2_990, 3_500],
      [cheap, "cheaper", 2_990, 2_000],
    ]),
  );
});

test("bought again twice is bought again once, also at the same moment", async () => {
  const { buyer, number, listings } = await makeOrdered();
  await Promise.all(Array.from({ length: 5 }, () => buyAgain(market.db, buyer, number)));
  await buyAgain(market.db, buyer, number);
  expect((await cartOf(buyer)).quantities).toEqual({ [listings[0]?.id ?? ""]: 2 });
});

test("what lies in the cart already counts, and is never made less or another price", async () => {
  const { buyer, number, listings } = await makeOrdered(2);
  const [many, one] = listings as [(typeof listings)[0], (typeof listings)[0]];
  await fillCart(market.db, buyer, [
    { listing: many, quantity: 5 },
    { listing: one, quantity: 1 },
  ]);
  await set(many.id, "price_fen", 3_500);
  await buyAgain(market.db, buyer, number);
  const cart = await cartOf(buyer);
  expect(cart.quantities).toEqual({ [many.id]: 5, [one.id]: 2 });
  expect(cart.canCheckOut, "the dearer price was not accepted for her").toBe(false);
});

test("what is gone stays out of the cart, of what is nearly gone comes the rest, and each line says so", async () => {
  const { buyer, number, listings } = await makeOrdered(5);
  const [withdrawn, paused, sold, few, same] = listings.map(({ id }) => id) as string[];
  await set(withdrawn ?? "", "status", "withdrawn");
  await set(paused ?? "", "status", "paused");
  await leave(sold ?? "", 0);
  await leave(few ?? "", 1);
  await buyAgain(market.db, buyer, number);
  expect((await cartOf(buyer)).quantities).toEqual({ [few ?? ""]: 1, [same ?? ""]: 2 });
  const told = await readAgain(market.db, buyer, number);
  expect(Object.fromEntries(told.map(({ listingId, what }) => [listingId, what]))).toEqual({
    ...{ [withdrawn ?? ""]: "gone", [paused ?? ""]: "gone", [sold ?? ""]: "gone" },
    ...{ [few ?? ""]: "fewer", [same ?? ""]: "same" },
  });
});

test("nobody buys another buyer's order again, nor reads what was in it", async () => {
  const { number, buyer } = await makeOrdered();
  for (const stranger of [makeBuyer(), makeBuyer("somebody")]) {
    const refused = { ok: false, reason: "order-not-found" };
    expect(await buyAgain(market.db, stranger, number)).toEqual(refused);
    expect(await readAgain(market.db, stranger, number)).toEqual([]);
    expect((await cartOf(stranger)).quantities).toEqual({});
  }
  for (const odd of ["", "TJ\0", "' or 1=1", "TJ20260101000000"]) {
    expect(await readAgain(market.db, buyer, odd)).toEqual([]);
  }
});
