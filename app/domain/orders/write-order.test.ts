import fc from "fast-check";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillCart, makeAddress, makeBuyer } from "#tests/factories/orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { allocate } from "./allocate.ts";
import { HOLD_MS } from "./place-order.ts";
import { planOrder } from "./plan-order.ts";
import { readBasket } from "./read-basket.ts";
import { NOTHING_SAID } from "./said-rule.ts";
import { splitLine } from "./split-line.ts";
import { writeOrder } from "./write-order.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A planned order of one box, not yet written. */
async function planned({ isOvertaken = false } = {}) {
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
      isOvertaken,
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
  ])("of what is gone by now is refused before anything is written: %s", async (_, isOvertaken) => {
    const { listing, write } = await planned({ isOvertaken });
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

describe("lines whose lots are chosen by the database", () => {
  const line = fc.record({
    lots: fc.array(fc.nat(40), { minLength: 1, maxLength: 12 }),
    quantity: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 61, max: 300 })),
    unitPriceFen: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 99_999 })),
    feeBasisPoints: fc.integer({ min: 0, max: 2_000 }),
  });

  /** Listings of such lots, and what each line is due by the rules in TypeScript. */
  async function make(lines: Drawn[]) {
    const { db } = database;
    const households = [await makeHousehold(db), await makeHousehold(db)] as const;
    return Promise.all(
      lines.map(async ({ lots, quantity, unitPriceFen, feeBasisPoints }) => {
        // Two of a day each: then their ids say whose turn it is.
        const dated = lots.map((_, at) => ({
          ...{ household: households[at % 2 ? 1 : 0], quantity: 40 },
          harvestedOn: `2026-10-${28 - Math.floor(at / 2)}`,
        }));
        const { id, lotIds } = await makeListing(db, { lots: dated });
        const free = lots.map((available, at) => ({
          ...{ id: lotIds[at] ?? "", harvestedOn: dated[at]?.harvestedOn ?? "", available },
        }));
        for (const lot of free) {
          const set = { available: lot.available, sold: 40 - lot.available };
          await db.updateTable("lots").set(set).where("id", "=", lot.id).execute();
        }
        const lineFen = quantity * unitPriceFen;
        const allocated = allocate(free, quantity);
        const shares = allocated.ok ? allocated.shares : [];
        const quantities = allocated.ok ? shares.map((share) => share.quantity) : [1];
        const { feeFen, shareFen } = splitLine({ lineFen, feeBasisPoints, quantities });
        return {
          ...{ id: uuidv7(), listing_id: id, quantity, line_fen: lineFen, fee_fen: feeFen },
          due: allocated.ok
            ? shares.map(({ lot }, at) => [lot.id, quantities[at], shareFen[at]])
            : null,
        };
      }),
    );
  }

  test("are served and split as allocate.ts and split-line.ts say", async () => {
    let served = 0;
    const drawn = fc.array(line, { minLength: 1, maxLength: 3 });
    const property = fc.asyncProperty(drawn, async (lines) => {
      const made = await make(lines);
      const most = lines.reduce((sum, { quantity }) => sum + quantity, 0);
      const ids = Array.from({ length: most }, () => uuidv7());
      const { rows } = await sql<{ shares: Share[] | null }>`
        select shares_of_now(${JSON.stringify(made)}, ${JSON.stringify(ids)}) as shares`.execute(
        database.db,
      );
      const shares = rows[0]?.shares ?? null;
      const isEnough = made.every(({ due }) => due !== null);
      expect(shares !== null).toBe(isEnough);
      if (!isEnough) return;
      served += 1;
      expect(shares?.map((share) => share.id)).toEqual(ids.slice(0, shares?.length));
      for (const { id, due } of made) {
        const own = shares?.filter((share) => share.order_line_id === id);
        expect(own?.map((share) => [share.lot_id, share.quantity, share.fen])).toEqual(due);
      }
    });
    await fc.assert(property, { numRuns: 40 });
    expect(served).toBeGreaterThan(0);
  });
});

type Drawn = { lots: number[]; quantity: number; unitPriceFen: number; feeBasisPoints: number };
type Share = { id: string; order_line_id: string; lot_id: string; quantity: number; fen: number };
