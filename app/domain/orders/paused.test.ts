import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCart } from "#app/domain/carts/read-cart.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { makeAddress, makeShopper } from "#tests/factories/orders.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { placeOrder } from "./place-order.ts";
import { quoteOrder } from "./quote-order.ts";

let market: TestDatabase;
let address: Awaited<ReturnType<typeof makeAddress>>;
beforeAll(async () => {
  market = await createTestDatabase();
  address = await makeAddress(market.db);
});
afterAll(() => market.drop());

const set = (id: string, status: "paused" | "withdrawn" | "published") =>
  market.db.updateTable("listings").set({ status }).where("id", "=", id).execute();

/** A cart of two boxes, as its checkout shows it. */
async function makeCart() {
  const [kept, other] = [await makeListing(market.db), await makeListing(market.db)];
  const items = [kept, other].map((listing) => ({ listing, quantity: 1 }));
  const buyer = await makeShopper(market.db, items);
  return { buyer, kept: kept.id, other: other.id };
}

async function show(buyer: BuyerScope) {
  const quote = await quoteOrder(market.db, buyer, address);
  if (!quote.ok) throw new Error(quote.reason);
  const shown = quote.parcels.flatMap(({ lines }) => lines);
  return { problems: quote.problems, shown, expectedTotalFen: quote.totalFen ?? 0 };
}

const place = (buyer: BuyerScope, seen: Omit<Awaited<ReturnType<typeof show>>, "problems">) =>
  placeOrder(market.db, buyer, { idempotencyKey: uuidv7(), address, locale: "zh", ...seen });

const inCart = async (buyer: BuyerScope) => {
  const { groups, canCheckOut, produceFen } = await readCart(market.db, buyer);
  const lines = groups.flatMap((group) => group.lines);
  return {
    canCheckOut,
    produceFen,
    lines: lines.map(({ listingId, problems }) => [listingId, problems]),
  };
};

test("what is paused stays in the cart, costs nothing, and the rest is ordered", async () => {
  const { buyer, kept, other } = await makeCart();
  await set(kept, "paused");
  expect(await inCart(buyer)).toMatchObject({
    ...{ canCheckOut: true, produceFen: 2_990 },
    lines: expect.arrayContaining([
      [kept, ["paused"]],
      [other, []],
    ]),
  });
  const { problems, ...seen } = await show(buyer);
  expect(problems).toMatchObject([
    { kind: "listing-unavailable", isPaused: true, listingId: kept },
  ]);
  expect(await place(buyer, seen)).toMatchObject({ ok: true });
  expect(await inCart(buyer)).toMatchObject({ canCheckOut: false, lines: [[kept, ["paused"]]] });
  // As soon as it is sold again it can be ordered as it stands.
  await set(kept, "published");
  expect(await inCart(buyer)).toMatchObject({ canCheckOut: true, lines: [[kept, []]] });
});

test("what was paused after the page had shown it orders nothing, and says so", async () => {
  const { buyer, kept } = await makeCart();
  const { problems: _, ...seen } = await show(buyer);
  await set(kept, "paused");
  expect(await place(buyer, seen)).toMatchObject({
    ok: false,
    reason: "listing-unavailable",
    lines: [{ listingId: kept, isPaused: true }],
  });
});

test("what is withdrawn stands in the way until it is taken out", async () => {
  const { buyer, kept } = await makeCart();
  await set(kept, "withdrawn");
  expect((await inCart(buyer)).canCheckOut).toBe(false);
  const { problems, ...seen } = await show(buyer);
  expect(problems).toMatchObject([{ kind: "listing-unavailable", isPaused: false }]);
  expect(await place(buyer, seen)).toMatchObject({ ok: false, reason: "listing-unavailable" });
});
