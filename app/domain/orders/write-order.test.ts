import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillCart, makeAddress, makeBuyer } from "#tests/factories/orders.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { HOLD_MS } from "./place-order.ts";
import { planOrder } from "./plan-order.ts";
import { readBasket } from "./read-basket.ts";
import { NOTHING_SAID } from "./said-rule.ts";
import { writeOrder } from "./write-order.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A planned order of one box, not yet written. */
async function planned({ hasLots = false } = {}) {
  const listing = await makeListing(database.db);
  const { regionCode, ...address } = await makeAddress(database.db);
  const buyer = makeBuyer();
  await fillCart(database.db, buyer, [{ listing, quantity: 1 }]);
  const key = uuidv7();
  const basket = await readBasket(database.db, buyer, { regionCode, orderKey: key });
  const plan = planOrder(basket.items, regionCode);
  const now = new Date();
  const write = () =>
    writeOrder(database.db, {
      buyer,
      cartId: basket.cartId ?? "",
      key,
      locale: "zh",
      address: { ...address, regionCode },
      said: NOTHING_SAID,
      plan: { ...plan, freightFen: plan.freightFen ?? 0, totalFen: plan.totalFen ?? 0 },
      now,
      expiresAt: new Date(now.getTime() + HOLD_MS),
      lots: hasLots ? new Map(basket.items.map((item) => [item.listingId, item.lots])) : undefined,
    });
  return { listing, buyer, write };
}

/** The last number an order was given: no rollback takes it back. */
async function lastNumber() {
  const { rows } = await sql<{ last: number }>`
    select last_value as last from order_numbers`.execute(database.db);
  return rows[0]?.last;
}

describe("a planned order", () => {
  test("is written as long as the plan holds", async () => {
    const { write } = await planned();
    expect(await write()).toMatchObject({ isOpen: true, placed: { number: expect.any(String) } });
  });

  test.each([
    ["the price changed", { price_fen: 3_100 }],
    ["the listing was paused", { status: "paused" }],
  ])("is not written when %s after the plan, and holds nothing", async (_, change) => {
    const { listing, write } = await planned();
    await database.db.updateTable("listings").set(change).where("id", "=", listing.id).execute();
    expect(await write()).toEqual({ isOpen: false, placed: null, lots: null });
    const lots = database.db.selectFrom("lots").select(["available", "held"]);
    expect(await lots.where("id", "in", listing.lotIds).execute()).toEqual([
      { available: 10, held: 0 },
    ]);
  });

  test("is not written when a lot has less than was planned, and leaves nothing behind", async () => {
    const { listing, buyer, write } = await planned();
    const lots = database.db.updateTable("lots").where("id", "in", listing.lotIds);
    await lots.set({ available: 0, sold: 10 }).execute();
    expect(await write()).toEqual({ isOpen: false, placed: null, lots: new Map() });
    const orders = database.db.selectFrom("orders").select("id");
    expect(await orders.where("visitor_id", "=", buyer.visitorId).execute()).toEqual([]);
    const cart = await readBasket(database.db, buyer, { regionCode: null, orderKey: null });
    expect(cart.items).toHaveLength(1);
    await lots.set({ available: 1, sold: 9 }).execute();
    expect(await write()).toMatchObject({ isOpen: true, placed: { number: expect.any(String) } });
  });

  test.each([
    ["first", false],
    ["after it was overtaken", true],
  ])("of what is gone by now is refused before anything is written: %s", async (_, hasLots) => {
    const { listing, write } = await planned({ hasLots });
    const lots = database.db.updateTable("lots").where("id", "in", listing.lotIds);
    await lots.set({ available: 0, sold: 10 }).execute();
    const before = await lastNumber();
    expect(await write()).toEqual({ isOpen: false, placed: null, lots: new Map() });
    expect(await lastNumber()).toBe(before);
  });

  test("whose key has made an order meanwhile finds it, though the rest is gone", async () => {
    const { listing, buyer, write } = await planned();
    expect(await write()).toMatchObject({ isOpen: true, placed: { number: expect.any(String) } });
    await fillCart(database.db, buyer, [{ listing, quantity: 1 }]);
    const lots = database.db.updateTable("lots").where("id", "in", listing.lotIds);
    await lots.set({ available: 0, held: 1, sold: 9 }).execute();
    expect(await write()).toEqual({ isOpen: true, placed: null, lots: null });
  });
});
