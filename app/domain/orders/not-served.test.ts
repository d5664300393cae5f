import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveAddress } from "#app/domain/addresses/save-address.ts";
import { readCart } from "#app/domain/carts/read-cart.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { makeAddress, makeShopper } from "#tests/factories/orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { type OrderInput, placeOrder } from "./place-order.ts";
import { quoteOrder } from "./quote-order.ts";

let test: TestDatabase;
let tibet: Awaited<ReturnType<typeof makeAddress>>;
beforeAll(async () => {
  test = await createTestDatabase();
  tibet = await makeAddress(test.db, "540102");
});
afterAll(() => test.drop());

type Template = Parameters<typeof makeCooperative>[1];

/** What a cooperative with such a template sells: one household's box at ¥29.90, 2.5 kg. */
async function makeBoxOf(template: Template) {
  const cooperative = await makeCooperative(test.db, template);
  const household = await makeHousehold(test.db, { cooperative });
  const listing = await makeListing(test.db, { lots: [{ household, quantity: 20 }] });
  return { cooperative, listing };
}

const NEVER = { unservedProvinces: ["54"] };

/** A cart of a box that is sent everywhere and one that is not sent to Tibet. */
async function makeMixedCart() {
  const [near, far] = [await makeBoxOf({}), await makeBoxOf(NEVER)];
  const buyer = await makeShopper(test.db, [
    { listing: near.listing, quantity: 1 },
    { listing: far.listing, quantity: 2 },
  ]);
  return { buyer, near, far };
}

async function quoteFor(buyer: BuyerScope, regionCode: string) {
  const quote = await quoteOrder(test.db, buyer, { regionCode });
  if (!quote.ok) throw new Error(quote.reason);
  const shown = quote.parcels.flatMap(({ lines }) => lines);
  const shownFreight = quote.parcels.map(({ cooperative, freightFen }) => ({
    cooperativeId: cooperative.id,
    fen: freightFen ?? 0,
  }));
  return { ...quote, shown, shownFreight, totalFen: quote.totalFen ?? 0 };
}

const place = (buyer: BuyerScope, input: Partial<OrderInput> & { expectedTotalFen: number }) =>
  placeOrder(test.db, buyer, {
    ...{ idempotencyKey: uuidv7(), address: tibet, locale: "zh", shown: null },
    ...input,
  });

const inCart = async (buyer: BuyerScope) =>
  (await readCart(test.db, buyer)).groups.flatMap(({ lines }) => lines);

describe("what its cooperative does not send to the buyer's province", () => {
  it("is told line by line, costs nothing, stays in the cart, and the rest is ordered", async () => {
    const { buyer, near, far } = await makeMixedCart();
    const quote = await quoteFor(buyer, tibet.regionCode);
    expect(quote.problems).toMatchObject([{ kind: "not-served", listingId: far.listing.id }]);
    // 2.5 kg to Tibet: the first weight and what is added for it.
    expect(quote).toMatchObject({ produceFen: 2_990, freightFen: 1_800, totalFen: 4_790 });
    const { shown, shownFreight, totalFen } = quote;
    const placed = await place(buyer, { shown, shownFreight, expectedTotalFen: totalFen });
    expect(placed).toMatchObject({ ok: true });
    const orderId = placed.ok ? placed.orderId : "";
    const lines = await test.db
      .selectFrom("order_lines")
      .select("listing_id")
      .where("order_id", "=", orderId)
      .execute();
    expect(lines).toEqual([{ listing_id: near.listing.id }]);
    expect(await inCart(buyer)).toMatchObject([{ listingId: far.listing.id, quantity: 2 }]);
  });

  it("refuses the order of whoever was shown it as ordered, and of whoever was shown nothing", async () => {
    const { buyer, far } = await makeMixedCart();
    const { shown } = await quoteFor(buyer, (await makeAddress(test.db)).regionCode);
    for (const seen of [shown, null]) {
      const placed = await place(buyer, { shown: seen, expectedTotalFen: 4_790 });
      expect(placed).toMatchObject({
        ...{ ok: false, reason: "not-served" },
        lines: [{ kind: "not-served", listingId: far.listing.id }],
      });
    }
    expect(await inCart(buyer)).toHaveLength(2);
  });

  it("makes no empty order where it is all there is", async () => {
    const { listing } = await makeBoxOf(NEVER);
    const buyer = await makeShopper(test.db, [{ listing, quantity: 1 }]);
    const { shown, totalFen } = await quoteFor(buyer, tibet.regionCode);
    expect({ shown, totalFen }).toEqual({ shown: [], totalFen: 0 });
    const placed = await place(buyer, { shown, expectedTotalFen: 0 });
    expect(placed).toMatchObject({ ok: false, reason: "not-served" });
  });

  it("is said in the cart for her last address, and keeps nobody from going on", async () => {
    const { buyer, far } = await makeMixedCart();
    expect((await inCart(buyer)).map(({ notServedTo }) => notServedTo)).toEqual([null, null]);
    await saveAddress(test.db, buyer, tibet);
    const lines = await inCart(buyer);
    expect(lines.find(({ listingId }) => listingId === far.listing.id)?.notServedTo).toEqual({
      nameZh: "地区540000",
      nameEn: "Region 540000",
    });
    expect(lines.filter(({ notServedTo }) => notServedTo)).toHaveLength(1);
    expect((await readCart(test.db, buyer)).canCheckOut).toBe(true);
  });
});

describe("freight that has changed since it was shown", () => {
  const setFirst = (id: string, freight_first_fen: number) =>
    test.db.updateTable("cooperatives").set({ freight_first_fen }).where("id", "=", id).execute();

  it("is refused before anything is paid, even where the sum stayed the same", async () => {
    const [one, other] = [await makeBoxOf({}), await makeBoxOf({})];
    const items = [one, other].map(({ listing }) => ({ listing, quantity: 1 }));
    const buyer = await makeShopper(test.db, items);
    const { shown, shownFreight, totalFen } = await quoteFor(buyer, tibet.regionCode);
    await setFirst(one.cooperative.id, 900);
    const seen = { shown, shownFreight, expectedTotalFen: totalFen };
    expect(await place(buyer, seen)).toMatchObject({ ok: false, reason: "total-changed" });
    await setFirst(other.cooperative.id, 700);
    expect(await place(buyer, seen)).toMatchObject({
      ...{ ok: false, reason: "freight-changed" },
      changes: [
        { cooperativeId: one.cooperative.id, seenFen: 1_800, fen: 1_900 },
        { cooperativeId: other.cooperative.id, seenFen: 1_800, fen: 1_700 },
      ],
    });
    const now = await quoteFor(buyer, tibet.regionCode);
    const { shownFreight: known } = now;
    const placed = await place(buyer, { ...seen, shownFreight: known });
    expect(placed).toMatchObject({ ok: true });
  });

  it("does not alter an order that is placed, nor where it may go by its terms of now", async () => {
    const { cooperative, listing } = await makeBoxOf({});
    const buyer = await makeShopper(test.db, [{ listing, quantity: 1 }]);
    const { totalFen } = await quoteFor(buyer, tibet.regionCode);
    const form = { idempotencyKey: uuidv7(), expectedTotalFen: totalFen };
    const placed = await place(buyer, form);
    await setFirst(cooperative.id, 5_000);
    expect(await place(buyer, form)).toEqual({ ...placed, isNew: false });
    const parcel = await test.db
      .selectFrom("parcels")
      .select("freight_fen")
      .where("order_id", "=", placed.ok ? placed.orderId : "")
      .executeTakeFirst();
    expect(parcel).toEqual({ freight_fen: 1_800 });
    const freight_unserved_provinces = ["54", "63"];
    const never = test.db.updateTable("cooperatives").set({ freight_unserved_provinces });
    await never.where("id", "=", cooperative.id).execute();
    const elsewhere = await makeAddress(test.db, "630102");
    expect(await place(buyer, { ...form, address: elsewhere })).toMatchObject({
      ...{ ok: false, reason: "address-costs-other" },
    });
    const mended = { ...tibet, street: "北京中路 35 号" };
    const told = { number: placed.ok ? placed.number : "", revision: 0 };
    expect(await place(buyer, { ...form, told, address: mended })).toMatchObject({
      isCorrected: true,
    });
  });
});
