import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeBuyer, orderCart } from "#tests/factories/orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { buyerScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { acceptPrice } from "./accept-price.ts";
import { addToCart } from "./add-to-cart.ts";
import { readCart } from "./read-cart.ts";
import { setQuantity } from "./set-quantity.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const add = (buyer = makeBuyer(), listingId: string, quantity: number, clientKey: string) =>
  addToCart(test.db, buyer, { listingId, quantity, clientKey });

async function quantityIn(buyer: ReturnType<typeof makeBuyer>) {
  const cart = await readCart(test.db, buyer);
  return cart.groups.flatMap((group) => group.lines.map((line) => line.quantity));
}

describe("putting into the cart", () => {
  it("adds to what is there, and does nothing for a form that is sent again", async () => {
    const [buyer, listing] = [makeBuyer(), await makeListing(test.db)];
    expect(await add(buyer, listing.id, 2, "form-a")).toEqual({
      ok: true,
      isNew: true,
      quantity: 2,
    });
    expect(await add(buyer, listing.id, 2, "form-a")).toEqual({
      ok: true,
      isNew: false,
      quantity: 2,
    });
    expect(await add(buyer, listing.id, 3, "form-b")).toEqual({
      ok: true,
      isNew: true,
      quantity: 5,
    });
    expect(await add(buyer, listing.id, 2, "form-a")).toMatchObject({ isNew: false, quantity: 5 });
    expect(await quantityIn(buyer)).toEqual([5]);
  });

  it("adds nothing again after the item was taken out or ordered", async () => {
    const [apples, pears] = [await makeListing(test.db), await makeListing(test.db)];
    const buyer = makeBuyer();
    await add(buyer, apples.id, 2, "form-a");
    await setQuantity(test.db, buyer, { listingId: apples.id, quantity: 0 });
    await add(buyer, pears.id, 1, "form-b");
    await orderCart(test.db, buyer);
    for (const [listing, quantity, key] of [
      [apples, 2, "form-a"],
      [pears, 1, "form-b"],
    ] as const) {
      expect(await add(buyer, listing.id, quantity, key)).toEqual({
        ok: true,
        isNew: false,
        quantity: 0,
      });
    }
    expect(await quantityIn(buyer)).toEqual([]);
    expect(await add(buyer, apples.id, 1, "form-c")).toMatchObject({ isNew: true, quantity: 1 });
  });

  it("adds no other number by a form that was used, and says how many that put in", async () => {
    const [buyer, listing] = [makeBuyer(), await makeListing(test.db)];
    await add(buyer, listing.id, 2, "form-a");
    await add(buyer, listing.id, 1, "form-b");
    const used = { ok: false, reason: "added-before", added: 2, inCart: 3 };
    expect(await add(buyer, listing.id, 5, "form-a")).toEqual(used);
    expect(await quantityIn(buyer)).toEqual([3]);
    // A key kept without its number counts as the same form.
    const key = `${listing.id}:form-old`;
    await sql`update carts set added_keys = array[${key}]`.execute(test.db);
    expect(await add(buyer, listing.id, 5, "form-old")).toMatchObject({ isNew: false });
  });

  it("knows the newest fifty forms of a cart", async () => {
    const [buyer, listing] = [makeBuyer(), await makeListing(test.db)];
    for (let turn = 0; turn < 60; turn++) {
      await add(buyer, listing.id, 1, `form-${turn}`);
      await setQuantity(test.db, buyer, { listingId: listing.id, quantity: 0 });
    }
    for (const turn of [59, 10]) {
      expect(await add(buyer, listing.id, 1, `form-${turn}`)).toMatchObject({ isNew: false });
    }
  });

  it("has one effect when the same form arrives ten times at once", async () => {
    const [buyer, listing] = [makeBuyer(), await makeListing(test.db)];
    const sent = await Promise.all(
      Array.from({ length: 10 }, () => add(buyer, listing.id, 1, "double-tap")),
    );
    expect(sent.filter((result) => result.ok && result.isNew)).toHaveLength(1);
    expect(await quantityIn(buyer)).toEqual([1]);
  });

  it("loses no addition when different forms arrive at once", async () => {
    const [buyer, listing] = [makeBuyer("both-tabs"), await makeListing(test.db)];
    await Promise.all(["a", "b", "c", "d"].map((key) => add(buyer, listing.id, 2, key)));
    expect(await quantityIn(buyer)).toEqual([8]);
  });

  it("takes 999 of a listing at most, and does not call that a lack of stock", async () => {
    const household = await makeHousehold(test.db);
    const listing = await makeListing(test.db, { lots: [{ household, quantity: 3_000 }] });
    const buyer = makeBuyer();
    await add(buyer, listing.id, 600, "a");
    expect(await add(buyer, listing.id, 600, "b")).toEqual({
      ...{ ok: false, reason: "over-most", most: 999, inCart: 600 },
    });
    expect(await quantityIn(buyer)).toEqual([600]);
    expect(await add(buyer, listing.id, 399, "c")).toMatchObject({ ok: true, quantity: 999 });
  });

  it("says what is left when there is less than asked for", async () => {
    const [buyer, listing] = [makeBuyer(), await makeListing(test.db)];
    await add(buyer, listing.id, 8, "a");
    expect(await add(buyer, listing.id, 3, "b")).toEqual({
      ok: false,
      reason: "insufficient-stock",
      available: 10,
      inCart: 8,
    });
    expect(await quantityIn(buyer)).toEqual([8]);
  });

  it("refuses what is withdrawn or unknown", async () => {
    const paused = await makeListing(test.db, { status: "paused" });
    const unknown = "01890000-0000-7000-8000-000000000000";
    for (const id of [paused.id, unknown, "no id"]) {
      expect(await add(makeBuyer(), id, 1, "a")).toEqual({
        ok: false,
        reason: "listing-unavailable",
      });
    }
  });
});

describe("changing the cart", () => {
  it("sets a quantity, takes out with nought, and leaves other carts alone", async () => {
    const listing = await makeListing(test.db);
    const [mine, other] = [makeBuyer(), makeBuyer()];
    await add(mine, listing.id, 2, "a");
    await add(other, listing.id, 3, "a");
    expect(await setQuantity(test.db, mine, { listingId: listing.id, quantity: 7 })).toEqual({
      ok: true,
    });
    expect(await quantityIn(mine)).toEqual([7]);
    await setQuantity(test.db, mine, { listingId: listing.id, quantity: 0 });
    expect(await quantityIn(mine)).toEqual([]);
    expect(await quantityIn(other)).toEqual([3]);
  });

  it("refuses more than there is and keeps the cart as it was", async () => {
    const [buyer, listing] = [makeBuyer(), await makeListing(test.db)];
    await add(buyer, listing.id, 2, "a");
    expect(await setQuantity(test.db, buyer, { listingId: listing.id, quantity: 11 })).toEqual({
      ok: false,
      reason: "insufficient-stock",
      available: 10,
    });
    expect(await quantityIn(buyer)).toEqual([2]);
  });

  it("asks to accept a changed price, and accepts only the price that was shown", async () => {
    const [buyer, listing] = [makeBuyer(), await makeListing(test.db, { priceFen: 2_990 })];
    await add(buyer, listing.id, 1, "a");
    await test.db
      .updateTable("listings")
      .set({ price_fen: 3_100 })
      .where("id", "=", listing.id)
      .execute();
    const changed = await readCart(test.db, buyer);
    expect(changed.canCheckOut).toBe(false);
    expect(changed.groups[0]?.lines[0]).toMatchObject({
      priceFen: 3_100,
      seenPriceFen: 2_990,
      problems: ["price-changed"],
    });
    const accept = (priceFen: number) =>
      acceptPrice(test.db, buyer, { listingId: listing.id, priceFen });
    expect(await accept(3_000)).toEqual({ ok: false, reason: "price-changed" });
    expect(await accept(3_100)).toEqual({ ok: true });
    expect((await readCart(test.db, buyer)).canCheckOut).toBe(true);
  });

  it("tells of a price that changed between her page and her tap", async () => {
    const [buyer, listing] = [makeBuyer(), await makeListing(test.db, { priceFen: 3_100 })];
    const seen = { listingId: listing.id, quantity: 1, clientKey: "old-page", seenPriceFen: 2_990 };
    await addToCart(test.db, buyer, seen);
    expect((await readCart(test.db, buyer)).groups[0]?.lines[0]).toMatchObject({
      priceFen: 3_100,
      seenPriceFen: 2_990,
      problems: ["price-changed"],
    });
  });
});

describe("reading the cart", () => {
  it("groups by cooperative, sums whole fen and names what is wrong", async () => {
    const buyer = makeBuyer("groups");
    const [first, second] = [await makeHousehold(test.db), await makeHousehold(test.db)];
    const apples = await makeListing(test.db, {
      lots: [{ household: first, quantity: 5 }],
      priceFen: 1_999,
    });
    const pears = await makeListing(test.db, {
      lots: [{ household: second, quantity: 5 }],
      priceFen: 501,
    });
    await add(buyer, apples.id, 3, "a");
    await add(buyer, pears.id, 5, "a");
    expect(await readCart(test.db, buyer)).toMatchObject({
      produceFen: 8_502,
      count: 2,
      canCheckOut: true,
    });
    await test.db
      .updateTable("lots")
      .set({ available: 2, sold: 3 })
      .where("listing_id", "=", pears.id)
      .execute();
    await test.db
      .updateTable("listings")
      .set({ status: "withdrawn" })
      .where("id", "=", apples.id)
      .execute();
    const cart = await readCart(test.db, buyer);
    expect(cart.groups.map((group) => group.lines[0]?.problems)).toEqual([
      ["unavailable"],
      ["insufficient-stock"],
    ]);
    expect(cart).toMatchObject({ produceFen: 1_002, canCheckOut: false });
  });

  it("is empty for a browser that bought nothing", async () => {
    const nobody = buyerScope({ userId: null, visitorId: "nobody" });
    expect(await readCart(test.db, nobody)).toMatchObject({
      groups: [],
      count: 0,
      canCheckOut: false,
    });
  });
});
