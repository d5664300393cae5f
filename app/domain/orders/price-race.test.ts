import type { KyselyPlugin } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillCart, makeAddress, makeBuyer } from "#tests/factories/orders.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { acceptPrice } from "../carts/accept-price.ts";
import { placeOrder } from "./place-order.ts";

let database: TestDatabase;
let address: Awaited<ReturnType<typeof makeAddress>>;
beforeAll(async () => {
  database = await createTestDatabase();
  address = await makeAddress(database.db);
});
afterAll(() => database.drop());

/** Stops whoever asks through it once: after the first answer, until `meanwhile` is done. */
function barrierAfterFirstAnswer(meanwhile: () => Promise<unknown>): KyselyPlugin {
  let answers = 0;
  return {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      answers += 1;
      if (answers === 1) await meanwhile();
      return result;
    },
  };
}

async function makeCart() {
  const listing = await makeListing(database.db);
  const buyer = makeBuyer();
  await fillCart(database.db, buyer, [{ listing, quantity: 1 }]);
  const place = (expectedTotalFen: number, db = database.db) =>
    placeOrder(db, buyer, {
      idempotencyKey: uuidv7(),
      address,
      locale: "zh",
      expectedTotalFen,
      shown: null,
    });
  const setPrice = (fen: number) =>
    database.db
      .updateTable("listings")
      .set({ price_fen: fen })
      .where("id", "=", listing.id)
      .execute();
  const lots = () =>
    database.db
      .selectFrom("lots")
      .select(["available", "held"])
      .where("id", "in", listing.lotIds)
      .execute();
  return { listing, buyer, place, setPrice, lots };
}

const SHOWN_FEN = 2_990 + 800;

describe("a price that changes after the cart was read and before the order is written", () => {
  test.each([
    ["up", 3_190],
    ["down", 2_790],
    ["by one fen", 2_991],
  ])("%s is told to the buyer, and nothing is ordered or held", async (_, priceFen) => {
    const { listing, place, setPrice, lots } = await makeCart();
    let isChanged = false;
    const barrier = barrierAfterFirstAnswer(async () => {
      await setPrice(priceFen);
      isChanged = true;
    });
    const placed = await place(SHOWN_FEN, database.db.withPlugin(barrier));
    expect(isChanged).toBe(true);
    expect(placed).toMatchObject({
      ok: false,
      reason: "price-changed",
      lines: [{ kind: "price-changed", listingId: listing.id }],
    });
    expect(await lots()).toEqual([{ available: 10, held: 0 }]);
  });

  test("is what she pays once she has accepted it", async () => {
    const { listing, buyer, place, setPrice, lots } = await makeCart();
    const barrier = barrierAfterFirstAnswer(() => setPrice(3_190));
    await place(SHOWN_FEN, database.db.withPlugin(barrier));
    await acceptPrice(database.db, buyer, { listingId: listing.id, priceFen: 3_190 });
    expect(await place(SHOWN_FEN)).toMatchObject({ ok: false, reason: "total-changed" });
    const placed = await place(SHOWN_FEN + 200);
    expect(placed).toMatchObject({ ok: true, isNew: true });
    const orderId = placed.ok ? placed.orderId : "";
    const order = database.db.selectFrom("orders").select("total_fen").where("id", "=", orderId);
    expect(await order.execute()).toEqual([{ total_fen: SHOWN_FEN + 200 }]);
    expect(await lots()).toEqual([{ available: 9, held: 1 }]);
  });
});
