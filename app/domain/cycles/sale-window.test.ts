import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCart } from "#app/domain/carts/read-cart.ts";
import { placeOrder } from "#app/domain/orders/place-order.ts";
import { quoteOrder } from "#app/domain/orders/quote-order.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { DAY_MS, HOUR_MS, makeCycle } from "#tests/factories/cycles.ts";
import { makeAddress, makeBuyer, makeShopper } from "#tests/factories/orders.ts";
import { type MadeListing, makeListing } from "#tests/factories/produce.ts";
import { lockLots, waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { addToCart } from "../carts/add-to-cart.ts";
import { readListing } from "../listings/read-listing.ts";
import { closeCycle } from "./end-cycle.ts";

let market: TestDatabase;
let address: Awaited<ReturnType<typeof makeAddress>>;
beforeAll(async () => {
  market = await createTestDatabase();
  address = await makeAddress(market.db);
});
afterAll(() => market.drop());

const at = (now: Date, ms: number) => new Date(now.getTime() + ms);

async function place(buyer: BuyerScope, now?: Date) {
  return placeOrder(market.db, buyer, {
    ...{ idempotencyKey: uuidv7(), address, locale: "zh", shown: null, expectedTotalFen: 3_790 },
    ...(now && { now }),
  });
}

const shopperOf = (listing: MadeListing) => makeShopper(market.db, [{ listing, quantity: 1 }]);

const linesOf = async (listing: MadeListing) =>
  market.db
    .selectFrom("order_lines")
    .select(["cycle_id as cycleId", "ships_from as shipsFrom"])
    .where("listing_id", "=", listing.id)
    .execute();

describe("what is sold in cycles", () => {
  test.each([
    ["before it opens", -1, false],
    ["at the moment it opens", 0, true],
    ["a moment before it closes", 3 * HOUR_MS - 1_000, true],
    ["at the moment it closes", 3 * HOUR_MS, false],
    ["a day later", DAY_MS, false],
  ])("can be ordered while a cycle is open alone: %s", async (_, after, isSold) => {
    const listing = await makeListing(market.db);
    const { id, plan } = await makeCycle(market.db, [listing]);
    const now = at(plan.opensAt, after);
    const buyer = await shopperOf(listing);
    const placed = await place(buyer, now);
    if (!isSold) {
      expect(placed).toMatchObject({
        ...{ ok: false, reason: "listing-unavailable" },
        lines: [{ listingId: listing.id, isPaused: true }],
      });
      return expect(await linesOf(listing)).toEqual([]);
    }
    expect(placed).toMatchObject({ ok: true });
    expect(await linesOf(listing)).toEqual([{ cycleId: id, shipsFrom: plan.shipsOn }]);
  });

  test("stays in the cart outside of it, which says when the next one opens", async () => {
    const listing = await makeListing(market.db);
    const now = new Date();
    const opensAt = at(now, HOUR_MS);
    const { plan } = await makeCycle(market.db, [listing], { opensAt });
    const buyer = await shopperOf(listing);
    const cart = async (when: Date) => (await readCart(market.db, buyer, when)).groups[0]?.lines[0];
    const shut = await cart(now);
    expect(shut).toMatchObject({ problems: ["shut"], window: { isOpen: false } });
    expect(new Date(shut?.window?.opensAt ?? 0)).toEqual(opensAt);
    expect(await cart(opensAt)).toMatchObject({ problems: [], shipsFrom: plan.shipsOn });
    expect(await cart(plan.closesAt)).toMatchObject({
      ...{ problems: ["shut"], window: { isOpen: false, opensAt: null } },
    });
    expect(await readListing(market.db, listing.id, now)).toMatchObject({
      ...{ shipsFrom: plan.shipsOn, window: { isOpen: false, shipsOn: plan.shipsOn } },
    });
  });

  test("cannot be put into a cart outside of it", async () => {
    const listing = await makeListing(market.db);
    await makeCycle(market.db, [listing], { opensAt: at(new Date(), HOUR_MS) });
    const put = { listingId: listing.id, quantity: 1, clientKey: uuidv7() };
    expect(await addToCart(market.db, makeBuyer(), put)).toEqual({
      ...{ ok: false, reason: "listing-unavailable" },
    });
  });

  test("leaves the rest of the cart to be ordered", async () => {
    const [listing, other] = [await makeListing(market.db), await makeListing(market.db)];
    const { plan } = await makeCycle(market.db, [listing]);
    const items = [listing, other].map((each) => ({ listing: each, quantity: 1 }));
    const buyer = await makeShopper(market.db, items);
    const now = plan.closesAt;
    const quote = await quoteOrder(market.db, buyer, { regionCode: address.regionCode, now });
    if (!quote.ok) throw new Error(quote.reason);
    expect(quote.problems).toMatchObject([{ isPaused: true, window: { isOpen: false } }]);
    const placed = await placeOrder(market.db, buyer, {
      ...{ idempotencyKey: uuidv7(), address, locale: "zh", now },
      shown: quote.parcels.flatMap(({ lines }) => lines),
      expectedTotalFen: quote.totalFen ?? 0,
    });
    expect(placed).toMatchObject({ ok: true });
    expect((await readCart(market.db, buyer, now)).count).toBe(1);
  });

  test("is not ordered for another shipping day than was shown", async () => {
    const listing = await makeListing(market.db);
    const { id, plan } = await makeCycle(market.db, [listing]);
    const buyer = await shopperOf(listing);
    const quote = await quoteOrder(market.db, buyer, address);
    if (!quote.ok) throw new Error(quote.reason);
    const shown = quote.parcels.flatMap(({ lines }) => lines);
    expect(shown).toMatchObject([{ shipsFrom: plan.shipsOn }]);
    await sql`update order_cycles set ships_on = ships_on + 1 where id = ${id}`.execute(market.db);
    const placed = await placeOrder(market.db, buyer, {
      ...{ idempotencyKey: uuidv7(), address, locale: "zh", shown, expectedTotalFen: 3_790 },
    });
    expect(placed).toMatchObject({ ok: false, reason: "offer-changed" });
  });
});

describe("whoever comes at the last moment", () => {
  test("orders nothing when she has waited for others beyond the closing", async () => {
    const listing = await makeListing(market.db);
    const closesAt = at(new Date(), 1_500);
    await makeCycle(market.db, [listing], { closesAt });
    const buyer = await shopperOf(listing);
    let placing: ReturnType<typeof place> | undefined;
    await market.db.transaction().execute(async (trx) => {
      await lockLots(listing.lotIds).execute(trx);
      placing = place(buyer);
      await waitUntilBlocked(market.db, 1);
      // Her statement has looked at the clock already, and stands before the lots.
      const beyond = at(closesAt, 300);
      await sql`select pg_sleep(extract(epoch from
        greatest(interval '0', ${beyond}::timestamptz - clock_timestamp())))`.execute(trx);
    });
    expect(await placing).toMatchObject({ ok: false, reason: "listing-unavailable" });
    expect(await linesOf(listing)).toEqual([]);
  });

  test("is refused when the cycle is closed while she waits for the stock", async () => {
    const listing = await makeListing(market.db);
    const { id, scope } = await makeCycle(market.db, [listing]);
    const buyer = await shopperOf(listing);
    let placing: ReturnType<typeof place> | undefined;
    let closing: ReturnType<typeof closeCycle> | undefined;
    await market.db.transaction().execute(async (trx) => {
      await lockLots(listing.lotIds).execute(trx);
      placing = place(buyer);
      await waitUntilBlocked(market.db, 1);
      // The order's line holds the cycle: whoever closes it waits for the order, which came before.
      closing = closeCycle(market.db, scope, { cycleId: id });
      await waitUntilBlocked(market.db, 2);
    });
    expect(await placing).toMatchObject({ ok: true });
    expect(await closing).toMatchObject({ ok: true, isChanged: true });
    const late = await shopperOf(listing);
    expect(await place(late)).toMatchObject({ ok: false, reason: "listing-unavailable" });
  });

  test("is refused when the manager closes the cycle just before her line is written", async () => {
    const listing = await makeListing(market.db);
    const { id } = await makeCycle(market.db, [listing]);
    const buyer = await shopperOf(listing);
    let placing: ReturnType<typeof place> | undefined;
    await market.db.transaction().execute(async (trx) => {
      await sql`select from order_cycles where id = ${id} for update`.execute(trx);
      placing = place(buyer);
      // It has found the cycle open, and waits to name it.
      await waitUntilBlocked(market.db, 1);
      const now = new Date(Date.now() - 1_000);
      await sql`update order_cycles set closes_at = ${now} where id = ${id}`.execute(trx);
      await sql`update cycle_listings set closes_at = ${now} where cycle_id = ${id}`.execute(trx);
    });
    expect(await placing).toMatchObject({ ok: false, reason: "listing-unavailable" });
    expect(await linesOf(listing)).toEqual([]);
  });
});

test("what was placed before closing stands when it is paid after", async () => {
  const listing = await makeListing(market.db);
  const { plan } = await makeCycle(market.db, [listing]);
  const buyer = await shopperOf(listing);
  const key = uuidv7();
  const order = (now: Date) =>
    placeOrder(market.db, buyer, {
      ...{ idempotencyKey: key, address, locale: "zh", shown: null, expectedTotalFen: 3_790, now },
    });
  const first = await order(at(plan.closesAt, -1_000));
  expect(first).toMatchObject({ ok: true, isNew: true });
  expect(await order(at(plan.closesAt, 60_000))).toMatchObject({ ok: true, isNew: false });
});
