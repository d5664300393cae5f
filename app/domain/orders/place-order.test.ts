import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readLots } from "#tests/factories/look.ts";
import { fillCart, makeAddress, makeBuyer, makeShopper } from "#tests/factories/orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
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

const place = (buyer: BuyerScope, expectedTotalFen: number, idempotencyKey: string = uuidv7()) =>
  placeOrder(database.db, buyer, {
    idempotencyKey,
    address,
    locale: "zh",
    expectedTotalFen,
    shown: null,
  });

const buyerOf = (...items: Parameters<typeof makeShopper>[1]) => makeShopper(database.db, items);

const lotsOf = (ids: string[]) => readLots(database.db, ids);

describe("placing an order", () => {
  test("holds stock, splits to the fen, ships one parcel a cooperative and empties the cart", async () => {
    const yanyuan = await makeCooperative(database.db);
    const first = await makeHousehold(database.db, { cooperative: yanyuan });
    const second = await makeHousehold(database.db, { cooperative: yanyuan });
    const pooled = await makeListing(database.db, {
      lots: [
        { household: first, quantity: 1, harvestedOn: "2026-11-01" },
        { household: second, quantity: 5, harvestedOn: "2026-11-02" },
      ],
      priceFen: 2_990,
    });
    const other = await makeListing(database.db, { priceFen: 1_000 });
    const buyer = await buyerOf({ listing: pooled, quantity: 2 }, { listing: other, quantity: 1 });

    const placed = await place(buyer, 5_980 + 1_000 + 800 + 800);
    if (!placed.ok) throw new Error(placed.reason);
    expect(placed.number).toMatch(/^TJ\d{14}$/);

    expect(await lotsOf(pooled.lotIds)).toEqual([
      { available: 0, held: 1, sold: 0 },
      { available: 4, held: 1, sold: 0 },
    ]);
    const shares = await database.db
      .selectFrom("allocations")
      .innerJoin("order_lines", "order_lines.id", "allocations.order_line_id")
      .where("order_lines.order_id", "=", placed.orderId)
      .where("order_lines.listing_id", "=", pooled.id)
      .select(["allocations.fen", "allocations.state", "order_lines.fee_fen"])
      .execute();
    expect(shares).toEqual([
      { fen: 2_811, state: "held", fee_fen: 358 },
      { fen: 2_811, state: "held", fee_fen: 358 },
    ]);
    const parcels = await database.db
      .selectFrom("parcels")
      .select(["freight_fen", "weight_grams"])
      .where("order_id", "=", placed.orderId)
      .orderBy("weight_grams", "desc")
      .execute();
    expect(parcels).toEqual([
      { freight_fen: 800, weight_grams: 5_000 },
      { freight_fen: 800, weight_grams: 2_500 },
    ]);
    expect(await quoteOrder(database.db, buyer, { regionCode: null })).toEqual({
      ok: false,
      reason: "cart-empty",
    });
    const { rows: jobs } = await sql<{ run_at: Date }>`
      select run_at from graphile_worker.jobs where key = ${`expire-order:${placed.orderId}`}
    `.execute(database.db);
    const { expires_at } = await database.db
      .selectFrom("orders")
      .select("expires_at")
      .where("id", "=", placed.orderId)
      .executeTakeFirstOrThrow();
    expect(jobs).toEqual([{ run_at: expires_at }]);
  });

  test("the same key again is the same order, and the cart filled since stays", async () => {
    const listing = await makeListing(database.db);
    const buyer = await buyerOf({ listing, quantity: 1 });
    const key = uuidv7();
    const first = await place(buyer, 3_790, key);
    await fillCart(database.db, buyer, [{ listing, quantity: 3 }]);
    const second = await place(buyer, 3_790, key);
    expect(second).toEqual({ ...first, isNew: false });
    expect(await lotsOf(listing.lotIds)).toEqual([{ available: 9, held: 1, sold: 0 }]);
    expect(await quoteOrder(database.db, buyer, { regionCode: null })).toMatchObject({ ok: true });
  });

  test("another buyer's key makes another order", async () => {
    const listing = await makeListing(database.db);
    const key = uuidv7();
    const mine = await place(await buyerOf({ listing, quantity: 1 }), 3_790, key);
    const theirs = await place(await buyerOf({ listing, quantity: 1 }), 3_790, key);
    expect(mine).toMatchObject({ ok: true, isNew: true });
    expect(theirs).toMatchObject({ ok: true, isNew: true });
  });
});

describe("an order is refused, and holds nothing,", () => {
  test("when the cart is empty", async () => {
    expect(await place(makeBuyer(), 100)).toEqual({ ok: false, reason: "cart-empty" });
  });

  test("when the region is no county", async () => {
    const listing = await makeListing(database.db);
    const buyer = await buyerOf({ listing, quantity: 1 });
    for (const regionCode of ["440000", "999999", ""]) {
      const refused = await placeOrder(database.db, buyer, {
        idempotencyKey: uuidv7(),
        address: { ...address, regionCode },
        locale: "zh",
        shown: null,
        expectedTotalFen: 3_790,
      });
      expect(refused).toEqual({ ok: false, reason: "unknown-region" });
    }
  });

  test("when one line asks for more than there is, and every problem is named", async () => {
    const few = await makeListing(database.db);
    const dearer = await makeListing(database.db);
    await database.db
      .updateTable("listings")
      .set({ price_fen: 3_000 })
      .where("id", "=", dearer.id)
      .execute();
    const buyer = await buyerOf({ listing: few, quantity: 11 }, { listing: dearer, quantity: 1 });
    const refused = await place(buyer, 1);
    expect(refused).toMatchObject({
      ok: false,
      reason: "insufficient-stock",
      lines: [
        { kind: "insufficient-stock", listingId: few.id, wanted: 11, available: 10 },
        { kind: "price-changed", listingId: dearer.id, seenFen: 2_990, priceFen: 3_000 },
      ],
    });
    expect(await lotsOf([...few.lotIds, ...dearer.lotIds])).toEqual([
      { available: 10, held: 0, sold: 0 },
      { available: 10, held: 0, sold: 0 },
    ]);
  });

  test("when a listing was withdrawn", async () => {
    const listing = await makeListing(database.db, { status: "withdrawn" });
    const buyer = await buyerOf({ listing, quantity: 1 });
    expect(await place(buyer, 3_790)).toMatchObject({ reason: "listing-unavailable" });
  });

  test("when the total is not the one the buyer was shown", async () => {
    const listing = await makeListing(database.db);
    const buyer = await buyerOf({ listing, quantity: 1 });
    expect(await place(buyer, 3_789)).toEqual({
      ok: false,
      reason: "total-changed",
      totalFen: 3_790,
      expectedTotalFen: 3_789,
    });
  });

  test("when the total is more than Stripe takes", async () => {
    const listing = await makeListing(database.db, { priceFen: 100_000_000 });
    const buyer = await buyerOf({ listing, quantity: 1 });
    expect(await place(buyer, 100_000_800)).toEqual({ ok: false, reason: "total-too-large" });
  });
});
