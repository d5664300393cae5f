import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeAddress, makeShopper } from "#tests/factories/orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { type MadeListing, makeListing } from "#tests/factories/produce.ts";
import { lockLots, raceBehind, waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { countRoundTrips } from "#tests/setup/round-trips.ts";
import { placeOrder } from "./place-order.ts";
import { planOrder } from "./plan-order.ts";
import { readBasket } from "./read-basket.ts";
import { splitLine } from "./split-line.ts";

let database: TestDatabase;
let address: Awaited<ReturnType<typeof makeAddress>>;
const counted: ReturnType<typeof countRoundTrips>[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  address = await makeAddress(database.db);
});
afterAll(async () => {
  for (const { db } of counted) await db.destroy();
  await database.drop();
});

/** A listing over lots of so many units, the first harvested first. */
async function makePool(...units: number[]): Promise<MadeListing> {
  const household = await makeHousehold(database.db);
  const lots = units.map((quantity, day) => ({
    ...{ household, quantity, harvestedOn: `2026-10-${String(day + 1).padStart(2, "0")}` },
  }));
  return makeListing(database.db, { lots });
}

/** Somebody about to order, by a connection of her own that counts her round trips. */
async function makeRacer(...items: Parameters<typeof makeShopper>[1]) {
  const buyer = await makeShopper(database.db, items);
  const own = countRoundTrips(database.url);
  counted.push(own);
  const basket = await readBasket(database.db, buyer, {
    ...{ regionCode: address.regionCode, orderKey: null },
  });
  const expectedTotalFen = planOrder(basket.items, address.regionCode).totalFen ?? 0;
  return async () => {
    own.take();
    const placed = await placeOrder(own.db, buyer, {
      ...{ idempotencyKey: uuidv7(), address, locale: "zh", shown: null },
      expectedTotalFen,
    });
    return { placed, trips: own.take() };
  };
}

async function allocationsOf(orderId: string) {
  const { rows } = await sql<{ quantity: number; fen: number; harvestedOn: string }>`
    select a.quantity, a.fen, t.harvested_on as "harvestedOn"
    from allocations a join order_lines l on l.id = a.order_line_id join lots t on t.id = a.lot_id
    where l.order_id = ${orderId} order by a.id`.execute(database.db);
  return rows;
}

async function queuedFor(listingId: string) {
  const { rows } = await sql`select from graphile_worker.jobs
    where key = ${`index-listing:${listingId}`}`.execute(database.db);
  return rows.length;
}

describe("an order's round trips to the database", () => {
  test("are two when nobody is in the way", async () => {
    const listing = await makePool(1, 1);
    expect(await (await makeRacer({ listing, quantity: 1 }))()).toMatchObject({
      placed: { ok: true },
      trips: 2,
    });
  });

  test("are three when others were faster, however many they were", async () => {
    const listing = await makePool(...Array.from({ length: 12 }, () => 1));
    const racers = [];
    for (let made = 0; made < 12; made++) racers.push(await makeRacer({ listing, quantity: 1 }));
    const results = await raceBehind(database.db, lockLots(listing.lotIds), 12, racers);
    expect(results.every(({ placed }) => placed.ok)).toBe(true);
    // All of them had planned the oldest box.
    expect(results.map(({ trips }) => trips).sort()).toEqual([2, ...Array(11).fill(3)]);
  });

  test("are three also when what it was told of then is taken before it writes again", async () => {
    const { db } = database;
    const listing = await makePool(1, 1, 1, 1, 5);
    const racer = await makeRacer({ listing, quantity: 3 });
    const [first = "", , , fourth = ""] = listing.lotIds;
    const takeLot = (trx: typeof db, id: string) =>
      sql`update lots set available = 0, sold = 1 where id = ${id}`.execute(trx);
    let racing: ReturnType<typeof racer> | undefined;
    await db.transaction().execute(async (later) => {
      await lockLots([fourth]).execute(later);
      await db.transaction().execute(async (sooner) => {
        await lockLots([first]).execute(sooner);
        racing = racer();
        await waitUntilBlocked(db, 1);
        await takeLot(sooner, first);
      });
      // Told of the second, third and fourth, it waits for the fourth now, and does not get it.
      await waitUntilBlocked(db, 1);
      await takeLot(later, fourth);
    });
    const raced = await racing;
    expect(raced).toMatchObject({ placed: { ok: true }, trips: 3 });
    const rows = await allocationsOf(raced?.placed.ok ? raced.placed.orderId : "");
    expect(rows.map(({ harvestedOn }) => harvestedOn)).toEqual([
      "2026-10-02",
      "2026-10-03",
      "2026-10-05",
    ]);
  });

  test("are two for whoever is told that too little is left", async () => {
    const listing = await makePool(1);
    const racers = [
      await makeRacer({ listing, quantity: 1 }),
      await makeRacer({ listing, quantity: 1 }),
    ];
    const results = await raceBehind(database.db, lockLots(listing.lotIds), 2, racers);
    expect(results.map(({ trips }) => trips)).toEqual([2, 2]);
    expect(results.find(({ placed }) => !placed.ok)?.placed).toMatchObject({
      reason: "insufficient-stock",
      lines: [{ wanted: 1, available: 0 }],
    });
  });

  test("are three also when far more is taken of a large line than it was told of", async () => {
    const { db } = database;
    const units = [40, ...Array.from({ length: 27 }, (_, at) => 11 + at)];
    const listing = await makePool(...units);
    const racer = await makeRacer({ listing, quantity: 40 });
    const take = (trx: typeof db, ids: string[]) =>
      sql`update lots set sold = available, available = 0
        where id = any(${ids}::uuid[])`.execute(trx);
    const [first = "", ...others] = listing.lotIds;
    let racing: ReturnType<typeof racer> | undefined;
    await db.transaction().execute(async (later) => {
      await lockLots(others.slice(0, 14)).execute(later);
      await db.transaction().execute(async (sooner) => {
        await lockLots([first]).execute(sooner);
        racing = racer();
        await waitUntilBlocked(db, 1);
        await take(sooner, [first]);
      });
      // Told of the next 140 units, it waits for one of their lots now, and two hundred are gone.
      await waitUntilBlocked(db, 1);
      await take(later, others.slice(0, 14));
    });
    const raced = await racing;
    expect(raced).toMatchObject({ placed: { ok: true }, trips: 3 });
    const rows = await allocationsOf(raced?.placed.ok ? raced.placed.orderId : "");
    expect(rows.map(({ quantity }) => quantity)).toEqual([25, 15]);
  });

  test("are three with lines of many units over many lots, split to the fen by the one rule", async () => {
    const pool = await makePool(3, 1, 4, 1, 5, 9, 2, 6);
    const other = await makePool(2, 2, 2);
    const items = [
      { listing: pool, quantity: 8 },
      { listing: other, quantity: 2 },
    ];
    const racers = [
      await makeRacer(...items),
      await makeRacer(...items),
      await makeRacer(...items),
    ];
    const lots = [...pool.lotIds, ...other.lotIds];
    const results = await raceBehind(database.db, lockLots(lots), 3, racers);
    expect(results.map(({ trips }) => trips).sort()).toEqual([2, 3, 3]);
    const cuts = new Set<string>();
    for (const { placed } of results) {
      if (!placed.ok) throw new Error(placed.reason);
      const rows = await allocationsOf(placed.orderId);
      expect(rows.map(({ harvestedOn }) => harvestedOn).length).toBeGreaterThan(1);
      const { feeFen, shareFen } = splitLine({
        ...{ lineFen: 8 * 2_990, feeBasisPoints: 600 },
        quantities: rows.slice(0, -1).map(({ quantity }) => quantity),
      });
      expect(rows.slice(0, -1).map(({ fen }) => fen)).toEqual(shareFen);
      expect(shareFen.reduce((sum, fen) => sum + fen, feeFen)).toBe(8 * 2_990);
      cuts.add(rows.map(({ quantity }) => quantity).join());
    }
    expect(cuts).toEqual(new Set(["3,1,4,2", "1,5,2,2", "7,1,2"]));
    expect(await queuedFor(other.id)).toBe(1);
  });
});
