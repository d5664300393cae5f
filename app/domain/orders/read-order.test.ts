import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeBuyer, makeOrder } from "#tests/factories/orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { listOrders } from "./list-orders.ts";
import { readOrder } from "./read-order.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("a buyer's order page", () => {
  test("says line by line which relief account gets how much, and nobody's name", async () => {
    const { db } = database;
    const yanyuan = await makeCooperative(db, { slug: "yanyuan" });
    const first = await makeHousehold(db, { cooperative: yanyuan, headName: "秘密一" });
    const second = await makeHousehold(db, { cooperative: yanyuan, headName: "秘密二" });
    const listing = await makeListing(db, {
      lots: [
        { household: first, quantity: 1, harvestedOn: "2026-11-01" },
        { household: second, quantity: 1, harvestedOn: "2026-11-02" },
      ],
    });
    const { buyer, number, totalFen } = await makeOrder(db, [{ listing, quantity: 2 }]);
    const order = await readOrder(db, buyer, number);
    expect(order).toMatchObject({
      number,
      status: "pending-payment",
      produceFen: 5_980,
      freightFen: 800,
      totalFen,
      refundFen: 0,
      paidAt: null,
      address: { recipient: "王小姐", regionZh: "地区440000地区440100地区440106" },
    });
    const [parcel] = order?.parcels ?? [];
    expect(parcel).toMatchObject({
      cooperative: { slug: "yanyuan" },
      status: "waiting",
      weightGrams: 5_000,
      freightFen: 800,
      events: [],
    });
    const [line] = parcel?.lines ?? [];
    expect(line).toMatchObject({ quantity: 2, lineFen: 5_980, feeFen: 358 });
    expect(line?.allocations).toEqual([
      {
        aliasZh: first.aliasZh,
        aliasEn: expect.any(String),
        reliefCode: first.reliefCode,
        quantity: 1,
        fen: 2_811,
      },
      {
        aliasZh: second.aliasZh,
        aliasEn: expect.any(String),
        reliefCode: second.reliefCode,
        quantity: 1,
        fen: 2_811,
      },
    ]);
    expect(JSON.stringify(order)).not.toMatch(/秘密|REG-/);
  });

  test("is nothing to another browser, another user, or for a number that is none", async () => {
    const { db } = database;
    const listing = await makeListing(db);
    const guest = await makeOrder(db, [{ listing, quantity: 1 }]);
    const member = await makeOrder(db, [{ listing, quantity: 1 }], makeBuyer("user-1"));
    expect(await readOrder(db, guest.buyer, guest.number)).not.toBeNull();
    expect(await readOrder(db, makeBuyer("user-1"), member.number)).not.toBeNull();
    expect(await readOrder(db, makeBuyer(), guest.number)).toBeNull();
    expect(await readOrder(db, makeBuyer("user-2"), member.number)).toBeNull();
    // The same browser after signing out: the order is the user's, not the browser's.
    const signedOut = { ...member.buyer, userId: null } as typeof member.buyer;
    expect(await readOrder(db, signedOut, member.number)).toBeNull();
    // Claimed at sign-in: the order keeps its browser's id, and is the user's alone all the same.
    await db
      .updateTable("orders")
      .set({ buyer_user_id: "user-3" })
      .where("number", "=", guest.number)
      .execute();
    expect(await readOrder(db, guest.buyer, guest.number)).toBeNull();
    expect(await readOrder(db, makeBuyer("user-3"), guest.number)).not.toBeNull();
    for (const number of ["", "TJ1", "x' or 1=1", "\u0000"]) {
      expect(await readOrder(db, guest.buyer, number)).toBeNull();
    }
  });

  test("the list is newest first, twenty a page, and holds the buyer's own only", async () => {
    const { db } = database;
    const listing = await makeListing(db, {
      lots: [{ household: await makeHousehold(db), quantity: 100 }],
    });
    const buyer = makeBuyer();
    const numbers: string[] = [];
    for (let turn = 0; turn < 21; turn++) {
      const now = new Date(Date.now() + turn * 1_000);
      numbers.unshift((await makeOrder(db, [{ listing, quantity: 1 }], buyer, now)).number);
    }
    const first = await listOrders(db, buyer, 1);
    expect(first.pages).toBe(2);
    expect(first.orders.map((order) => order.number)).toEqual(numbers.slice(0, 20));
    expect((await listOrders(db, buyer, 2)).orders).toMatchObject([
      { number: numbers[20], lines: [{ titleZh: "盐源苹果", quantity: 1 }] },
    ]);
    expect(await listOrders(db, makeBuyer(), 1)).toEqual({ orders: [], pages: 1 });
  });
});
