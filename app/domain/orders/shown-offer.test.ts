import type { KyselyPlugin } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillCart, makeAddress, makeShopper } from "#tests/factories/orders.ts";
import { type MadeListing, makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { setQuantity } from "../carts/set-quantity.ts";
import type { BuyerScope } from "../scopes.ts";
import { placeOrder } from "./place-order.ts";
import { quoteOrder } from "./quote-order.ts";

let database: TestDatabase;
let address: Awaited<ReturnType<typeof makeAddress>>;
beforeAll(async () => {
  database = await createTestDatabase();
  address = await makeAddress(database.db);
});
afterAll(() => database.drop());

/** The checkout page as it is drawn now, and its button. */
async function openPage(buyer: BuyerScope) {
  const quote = await quoteOrder(database.db, buyer, address);
  if (!quote.ok) throw new Error(quote.reason);
  const shown = quote.parcels.flatMap((parcel) => parcel.lines);
  const press = (db = database.db) =>
    placeOrder(db, buyer, {
      ...{ idempotencyKey: quote.orderKey, address, locale: "zh", shown },
      expectedTotalFen: quote.totalFen ?? 0,
    });
  return { press, key: quote.orderKey };
}

async function makePage() {
  const listing = await makeListing(database.db, { titleZh: "苹果" });
  const buyer = await makeShopper(database.db, [{ listing, quantity: 1 }]);
  return { listing, buyer, ...(await openPage(buyer)) };
}

const change = ({ id }: MadeListing, facts: object) =>
  database.db.updateTable("listings").set(facts).where("id", "=", id).execute();

const ordersOf = ({ visitorId }: BuyerScope) =>
  database.db.selectFrom("orders").select("id").where("visitor_id", "=", visitorId).execute();

const OTHER_FACTS: [string, object, object][] = [
  ["unit and weight", { unit: "bag", unit_grams: 100 }, { unit: "bag", unitGrams: 100 }],
  ["weight of a bag", { unit_grams: 100 }, { unitGrams: 100 }],
  ["grade", { grade: "second" }, { grade: "second" }],
  ["name", { title_zh: "小土豆" }, { titleZh: "小土豆" }],
  ["English name", { title_en: "Potatoes" }, { titleEn: "Potatoes" }],
  ["day of sending", { ships_from: "2030-01-01", presale_limit: 50 }, { shipsFrom: "2030-01-01" }],
];

describe("at the same sum, nothing is ordered that the page did not show:", () => {
  test.each(OTHER_FACTS)("another %s", async (_, facts, now) => {
    const { listing, buyer, press } = await makePage();
    await change(listing, facts);
    expect(await press()).toMatchObject({
      ...{ ok: false, reason: "offer-changed" },
      changes: [{ listingId: listing.id, seen: { titleZh: "苹果", unitGrams: 2_500 }, now }],
    });
    expect(await ordersOf(buyer)).toEqual([]);
    // Shown as it is now, it is what she orders.
    expect(await (await openPage(buyer)).press()).toMatchObject({ ok: true, isNew: true });
  });

  test("what another tab put into the cart instead", async () => {
    const { listing, buyer, press } = await makePage();
    const other = await makeListing(database.db, { titleZh: "花椒" });
    await setQuantity(database.db, buyer, { listingId: listing.id, quantity: 0 });
    await fillCart(database.db, buyer, [{ listing: other, quantity: 1 }]);
    expect(await press()).toMatchObject({
      reason: "offer-changed",
      changes: [
        { listingId: other.id, seen: null, now: { titleZh: "花椒" } },
        { listingId: listing.id, seen: { titleZh: "苹果" }, now: null },
      ],
    });
    expect(await ordersOf(buyer)).toEqual([]);
  });

  test("another quantity, chosen in another tab", async () => {
    const { listing, buyer, press } = await makePage();
    await setQuantity(database.db, buyer, { listingId: listing.id, quantity: 2 });
    expect(await press()).toMatchObject({
      changes: [{ seen: { quantity: 1 }, now: { quantity: 2 } }],
    });
  });

  test.each(OTHER_FACTS)("another %s, written while the order is", async (_, facts, now) => {
    const { listing, buyer, press } = await makePage();
    let answers = 0;
    const barrier: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      async transformResult({ result }) {
        answers += 1;
        if (answers === 1) await change(listing, facts);
        return result;
      },
    };
    expect(await press(database.db.withPlugin(barrier))).toMatchObject({
      ...{ reason: "offer-changed", changes: [{ now }] },
    });
    expect(answers).toBeGreaterThan(1);
    expect(await ordersOf(buyer)).toEqual([]);
  });
});

test("a form that made an order finds it again, whatever the listing says by then", async () => {
  const { listing, press } = await makePage();
  const first = await press();
  await change(listing, { grade: "second", unit: "bag", unit_grams: 100 });
  expect(await press()).toEqual({ ...first, isNew: false });
});

test("two pages that show the same are one order; two that do not are not", async () => {
  const { listing, buyer, key, press } = await makePage();
  expect((await openPage(buyer)).key).toBe(key);
  await change(listing, { grade: "second" });
  const newer = await openPage(buyer);
  expect(newer.key).not.toBe(key);
  expect(await newer.press()).toMatchObject({ ok: true, isNew: true });
  expect(await press()).toEqual({ ok: false, reason: "cart-empty" });
});

test("a price that the cart asks about is told as that, and no second time as a change", async () => {
  const { listing, press } = await makePage();
  await change(listing, { price_fen: 3_100 });
  expect(await press()).toMatchObject({ reason: "price-changed" });
});
