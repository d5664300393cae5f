import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { makeOrder } from "#tests/factories/orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { lockLots, waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { lockLotsOfOrder } from "./lock-lots.ts";

let database: TestDatabase;
let db: Kysely<DB>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database.drop());

/** An order over four lots whose ids go the other way round than its allocations were written. */
async function makeSpreadOrder() {
  const household = await makeHousehold(db);
  const lots = ["2026-11-04", "2026-11-03", "2026-11-02", "2026-11-01"].map((harvestedOn) => ({
    household,
    quantity: 1,
    harvestedOn,
  }));
  const listing = await makeListing(db, { lots });
  const { orderId } = await makeOrder(db, [{ listing, quantity: 4 }]);
  return { orderId, listing, lotIds: listing.lotIds.toSorted() };
}

/** The lots that another would get without waiting. */
async function freeAmong(lotIds: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from lots
    where id = any(${lotIds}::uuid[]) order by id for update skip locked`.execute(db);
  return rows.map(({ id }) => id);
}

describe("locking the lots of an order", () => {
  test("keeps them from everybody else until the transaction ends", async () => {
    const order = await makeSpreadOrder();
    expect(await freeAmong(order.lotIds)).toEqual(order.lotIds);
    await db.transaction().execute(async (trx) => {
      await lockLotsOfOrder(trx, order.orderId);
      expect(await freeAmong(order.lotIds)).toEqual([]);
    });
    expect(await freeAmong(order.lotIds)).toEqual(order.lotIds);
  });

  test("takes them in the order of their ids: before one that is not free it has those before it only", async () => {
    const order = await makeSpreadOrder();
    const [first, second = "", ...rest] = order.lotIds;
    let locking: Promise<void> = Promise.resolve();
    await db.transaction().execute(async (other) => {
      await lockLots([second]).execute(other);
      locking = db.transaction().execute((trx) => lockLotsOfOrder(trx, order.orderId));
      await waitUntilBlocked(db, 1);
      const free = await freeAmong([first ?? "", ...rest]);
      expect(free).toEqual(rest);
    });
    await locking;
  });
});
