import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addToCart } from "#app/domain/carts/add-to-cart.ts";
import { buyAgain } from "#app/domain/carts/buy-again.ts";
import { readAgain } from "#app/domain/carts/read-again.ts";
import { readCart } from "#app/domain/carts/read-cart.ts";
import { setQuantity } from "#app/domain/carts/set-quantity.ts";
import { makeAddress, makeBuyer, makeOrder, makeShopper } from "#tests/factories/orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { placeOrder } from "./place-order.ts";
import { quoteOrder } from "./quote-order.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

/** Ten boxes, of which one order may take so many. */
async function listed(most: number | null) {
  const lots = [{ household: await makeHousehold(test.db), quantity: 10 }];
  const listing = await makeListing(test.db, { lots });
  await limit(listing.id, most);
  return listing;
}

const limit = (id: string, most: number | null) =>
  test.db.updateTable("listings").set({ most_per_order: most }).where("id", "=", id).execute();

async function lineOf(buyer: ReturnType<typeof makeBuyer>) {
  const cart = await readCart(test.db, buyer);
  return { ...cart.groups[0]?.lines[0], canCheckOut: cart.canCheckOut, sum: cart.produceFen };
}

it("holds what is put into the cart, at once or bit by bit", async () => {
  const [buyer, { id: listingId }] = [makeBuyer(), await listed(3)];
  const add = (quantity: number) =>
    addToCart(test.db, buyer, { listingId, quantity, clientKey: uuidv7() });
  expect(await add(4)).toEqual({ ok: false, reason: "over-limit", most: 3, inCart: 0 });
  expect(await add(2)).toMatchObject({ ok: true, quantity: 2 });
  expect(await add(2)).toEqual({ ok: false, reason: "over-limit", most: 3, inCart: 2 });
  expect(await add(11)).toMatchObject({ reason: "insufficient-stock" });
  const set = (quantity: number) => setQuantity(test.db, buyer, { listingId, quantity });
  expect(await set(4)).toEqual({ ok: false, reason: "over-limit", most: 3 });
  expect(await set(3)).toEqual({ ok: true });
  expect(await lineOf(buyer)).toMatchObject({ quantity: 3, most: 3, problems: [] });
});

it("set while a cart holds more stops the order, which says how many it may be", async () => {
  const listing = await listed(null);
  const buyer = await makeShopper(test.db, [{ listing, quantity: 5 }]);
  await limit(listing.id, 4);
  expect(await lineOf(buyer)).toMatchObject({
    ...{ quantity: 5, limit: 4, most: 4, problems: ["over-limit"], canCheckOut: false },
    sum: 4 * listing.priceFen,
  });
  const address = await makeAddress(test.db);
  const place = async () => {
    const quote = await quoteOrder(test.db, buyer, { regionCode: address.regionCode });
    return placeOrder(test.db, buyer, {
      ...{ idempotencyKey: uuidv7(), address, locale: "zh", shown: null },
      expectedTotalFen: (quote.ok && quote.totalFen) || 0,
    });
  };
  expect(await place()).toMatchObject({
    ...{ ok: false, reason: "over-limit" },
    lines: [{ listingId: listing.id, kind: "over-limit", wanted: 5, most: 4 }],
  });
  // Fewer is always let in, even while it is too many.
  await limit(listing.id, 2);
  const set = (quantity: number) =>
    setQuantity(test.db, buyer, { listingId: listing.id, quantity });
  expect(await set(4)).toEqual({ ok: true });
  expect(await place()).toMatchObject({ reason: "over-limit" });
  expect(await set(2)).toEqual({ ok: true });
  expect(await place()).toMatchObject({ ok: true });
});

it("holds what is bought again", async () => {
  const listing = await listed(null);
  const { buyer, number } = await makeOrder(test.db, [{ listing, quantity: 3 }]);
  await limit(listing.id, 2);
  await buyAgain(test.db, buyer, number);
  expect(await lineOf(buyer)).toMatchObject({ quantity: 2, canCheckOut: true });
  expect(await readAgain(test.db, buyer, number)).toMatchObject([
    { ordered: 3, available: 2, what: "fewer" },
  ]);
});
