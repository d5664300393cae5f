import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readLots } from "#tests/factories/look.ts";
import { makeAddress, makeShopper } from "#tests/factories/orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { lockLots, raceBehind, waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { addToCart } from "../carts/add-to-cart.ts";
import type { BuyerScope } from "../scopes.ts";
import { placeOrder } from "./place-order.ts";

let database: TestDatabase;
let address: Awaited<ReturnType<typeof makeAddress>>;
beforeAll(async () => {
  database = await createTestDatabase();
  address = await makeAddress(database.db);
});
afterAll(() => database.drop());

const place = (buyer: BuyerScope, expectedTotalFen: number, idempotencyKey: string = uuidv7()) =>
  placeOrder(database.db, buyer, {
    ...{ idempotencyKey, address, locale: "zh", expectedTotalFen, shown: null },
  });

const buyerOf = (...items: Parameters<typeof makeShopper>[1]) => makeShopper(database.db, items);

const lotsOf = (ids: string[]) => readLots(database.db, ids);

async function countOf(table: "orders" | "parcels" | "allocations" | "order_lines") {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(
    database.db,
  );
  return rows[0]?.n;
}

describe("racing for stock", () => {
  test("two buyers for the last unit: one gets it, the other is told there is none", async () => {
    const household = await makeHousehold(database.db);
    const listing = await makeListing(database.db, { lots: [{ household, quantity: 1 }] });
    const buyers = [
      await buyerOf({ listing, quantity: 1 }),
      await buyerOf({ listing, quantity: 1 }),
    ];
    const results = await raceBehind(
      database.db,
      lockLots(listing.lotIds),
      2,
      buyers.map((buyer) => () => place(buyer, 3_790)),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.find((result) => !result.ok)).toMatchObject({
      reason: "insufficient-stock",
      lines: [{ wanted: 1, available: 0 }],
    });
    expect(await lotsOf(listing.lotIds)).toEqual([{ available: 0, held: 1, sold: 0 }]);
  });

  test("many buyers for many lots of one unit: everything is sold, and nobody hears of a bug", async () => {
    const household = await makeHousehold(database.db);
    const listing = await makeListing(database.db, {
      lots: Array.from({ length: 14 }, (_, day) => ({
        household,
        quantity: 1,
        harvestedOn: `2026-11-${day + 1}`,
      })),
    });
    const buyers: BuyerScope[] = [];
    for (let made = 0; made < 18; made++) buyers.push(await buyerOf({ listing, quantity: 1 }));
    const results = await raceBehind(
      database.db,
      lockLots(listing.lotIds),
      18,
      buyers.map((buyer) => () => place(buyer, 3_790)),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(14);
    expect(results.filter((result) => !result.ok && result.reason)).toHaveLength(4);
  });

  test("a buyer whose planned lot was taken meanwhile gets the next lot of the pool", async () => {
    const household = await makeHousehold(database.db);
    const listing = await makeListing(database.db, {
      lots: [
        { household, quantity: 1, harvestedOn: "2026-11-01" },
        { household, quantity: 1, harvestedOn: "2026-11-02" },
      ],
    });
    const buyers = [
      await buyerOf({ listing, quantity: 1 }),
      await buyerOf({ listing, quantity: 1 }),
    ];
    const results = await raceBehind(
      database.db,
      lockLots(listing.lotIds),
      2,
      buyers.map((buyer) => () => place(buyer, 3_790)),
    );
    expect(results.every((result) => result.ok)).toBe(true);
    expect(await lotsOf(listing.lotIds)).toEqual([
      { available: 0, held: 1, sold: 0 },
      { available: 0, held: 1, sold: 0 },
    ]);
  });

  test("what several take together until nothing is left is looked at again by the search", async () => {
    const household = await makeHousehold(database.db);
    const listing = await makeListing(database.db, {
      lots: [{ household, quantity: 3 }],
    });
    const buyers: BuyerScope[] = [];
    for (let made = 0; made < 3; made++) buyers.push(await buyerOf({ listing, quantity: 1 }));
    const jobs = async () => {
      const { rows } = await sql`select 1 from graphile_worker._private_jobs
        where key = ${`index-listing:${listing.id}`}`.execute(database.db);
      return rows.length;
    };
    expect(await jobs()).toBe(0);
    await raceBehind(
      database.db,
      lockLots(listing.lotIds),
      3,
      buyers.map((buyer) => () => place(buyer, 3_790)),
    );
    expect(await lotsOf(listing.lotIds)).toEqual([{ available: 0, held: 3, sold: 0 }]);
    expect(await jobs()).toBe(1);
  });

  test("one key from two connections at once is one order", async () => {
    const listing = await makeListing(database.db);
    const buyer = await buyerOf({ listing, quantity: 2 });
    const key = uuidv7();
    const [first, second] = await raceBehind(database.db, lockLots(listing.lotIds), 2, [
      () => place(buyer, 6_780, key),
      () => place(buyer, 6_780, key),
    ]);
    if (!first?.ok || !second?.ok) throw new Error("both must have the order");
    expect(first.orderId).toBe(second.orderId);
    expect([first.isNew, second.isNew].sort()).toEqual([false, true]);
    expect(await lotsOf(listing.lotIds)).toEqual([{ available: 8, held: 2, sold: 0 }]);
  });

  test("two tabs of one cart with keys of their own do not order it twice", async () => {
    const listing = await makeListing(database.db);
    const buyer = await buyerOf({ listing, quantity: 2 });
    const results = await raceBehind(database.db, lockLots(listing.lotIds), 2, [
      () => place(buyer, 6_780),
      () => place(buyer, 6_780),
    ]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.find((result) => !result.ok)).toEqual({ ok: false, reason: "cart-empty" });
    expect(await lotsOf(listing.lotIds)).toEqual([{ available: 8, held: 2, sold: 0 }]);
  });

  test("the lots of an order are locked in the order of their ids, whatever the cart's", async () => {
    const listings = [];
    for (let turn = 0; turn < 6; turn++) listings.push(await makeListing(database.db));
    const buyer = await buyerOf(...listings.reverse().map((listing) => ({ listing, quantity: 1 })));
    const ids = listings.flatMap((listing) => listing.lotIds).sort();
    const fourth = ids[3] ?? "";
    let running: Promise<unknown> | undefined;
    await database.db.transaction().execute(async (trx) => {
      await lockLots([fourth]).execute(trx);
      running = place(buyer, 6 * 3_790);
      await waitUntilBlocked(database.db, 1);
      const { rows: free } = await sql<{ id: string }>`
        select id from lots where id = any(${ids}::uuid[]) order by id for update skip locked
      `.execute(trx);
      expect(free.map((lot) => lot.id)).toEqual(ids.slice(3));
    });
    expect(await running).toMatchObject({ ok: true });
  });

  test("the cart is locked before its items, as it is by who adds to it", async () => {
    const listing = await makeListing(database.db);
    const buyer = await buyerOf({ listing, quantity: 1 });
    let running: Promise<unknown> | undefined;
    await database.db.transaction().execute(async (trx) => {
      await sql`select id from carts where visitor_id = ${buyer.visitorId} for update`.execute(trx);
      running = place(buyer, 3_790);
      await waitUntilBlocked(database.db, 1);
      const { rows: free } = await sql`
        select listing_id from cart_items where listing_id = ${listing.id} for update skip locked
      `.execute(trx);
      expect(free).toHaveLength(1);
    });
    expect(await running).toMatchObject({ ok: true });
  });

  test("adding to a cart while it is ordered never deadlocks", async () => {
    for (let round = 0; round < 8; round++) {
      const listing = await makeListing(database.db);
      const buyer = await buyerOf({ listing, quantity: 1 });
      const { visitorId } = buyer;
      const [placed, added] = await raceBehind<{ ok: boolean }>(
        database.db,
        sql`select id from carts where visitor_id = ${visitorId} for update`,
        2,
        [
          () => place(buyer, 3_790),
          () =>
            addToCart(database.db, buyer, { listingId: listing.id, quantity: 1, clientKey: "f" }),
        ],
      );
      expect(added).toMatchObject({ ok: true });
      // Ordered first, or told that the cart has become dearer than what was shown.
      if (!placed?.ok) expect(placed).toMatchObject({ reason: "total-changed" });
    }
  });

  test("carts that name the same lots in reversed order never deadlock", async () => {
    const a = await makeListing(database.db);
    const b = await makeListing(database.db);
    const buyers: BuyerScope[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const items = [
        { listing: a, quantity: 1 },
        { listing: b, quantity: 1 },
      ];
      buyers.push(await buyerOf(...(turn % 2 === 0 ? items : items.reverse())));
    }
    const results = await raceBehind(
      database.db,
      lockLots([...a.lotIds, ...b.lotIds]),
      4,
      buyers.map((buyer) => () => place(buyer, 7_580)),
    );
    expect(results.every((result) => result.ok)).toBe(true);
    expect(await lotsOf(a.lotIds)).toEqual([{ available: 6, held: 4, sold: 0 }]);
  });

  test("forty buyers for seven units of a pool: seven orders, nothing oversold", async () => {
    const household = await makeHousehold(database.db);
    const listing = await makeListing(database.db, {
      lots: ["2026-11-01", "2026-11-02", "2026-11-03"].map((harvestedOn, index) => ({
        household,
        quantity: index + 1 + (index === 2 ? 1 : 0),
        harvestedOn,
      })),
    });
    const before = await countOf("orders");
    const buyers: BuyerScope[] = [];
    for (let turn = 0; turn < 40; turn++) buyers.push(await buyerOf({ listing, quantity: 1 }));
    const results = await Promise.all(buyers.map((buyer) => place(buyer, 3_790)));
    expect(results.filter((result) => result.ok)).toHaveLength(7);
    expect(await countOf("orders")).toBe((before ?? 0) + 7);
    const lots = await lotsOf(listing.lotIds);
    expect(lots.reduce((sum, lot) => sum + lot.held, 0)).toBe(7);
  });
});
