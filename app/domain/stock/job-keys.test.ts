import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillCart, makeAddress, makeBuyer, makeOrder } from "#tests/factories/orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { placeOrder } from "../orders/place-order.ts";
import { endHold } from "./end-hold.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Two listings of two lots each; the first lot of both is held by an order. */
async function makeHalfHeld() {
  const cooperative = await makeCooperative(database.db);
  const household = await makeHousehold(database.db, { cooperative });
  const days = ["2026-11-01", "2026-11-02"];
  const lots = days.map((harvestedOn) => ({ household, quantity: 1, harvestedOn }));
  const listings = [
    await makeListing(database.db, { lots }),
    await makeListing(database.db, { lots }),
  ];
  const order = await makeOrder(
    database.db,
    listings.map((listing) => ({ listing, quantity: 1 })),
  );
  return { listings, order };
}

test.each([
  ["as they came", (list: unknown[]) => list],
  ["the other way round", (list: unknown[]) => list.toReversed()],
])("selling out while a hold ends never deadlocks over search: %s", async (_, turn) => {
  const { listings, order } = await makeHalfHeld();
  const keys = listings.map(({ id }) => `index-listing:${id}`);
  for (const { id } of listings) {
    await sql`select graphile_worker.add_job('index-listing', '{}',
      job_key => ${`index-listing:${id}`})`.execute(database.db);
  }
  const buyer = makeBuyer();
  await fillCart(
    database.db,
    buyer,
    turn(listings.map((listing) => ({ listing, quantity: 1 }))) as [],
  );
  const address = await makeAddress(database.db);
  const results = await raceBehind<unknown>(
    database.db,
    sql`select id from graphile_worker._private_jobs where key = any(${keys}) for update`,
    2,
    [
      () => database.db.transaction().execute((trx) => endHold(trx, order.orderId, "released")),
      () =>
        placeOrder(database.db, buyer, {
          idempotencyKey: uuidv7(),
          address,
          locale: "zh",
          shown: null,
          expectedTotalFen: order.totalFen,
        }),
    ],
  );
  expect(results[1]).toMatchObject({ ok: true });
  const { rows } = await sql`select 1 from graphile_worker._private_jobs
    where key = any(${keys}) and payload ->> 'listingId' is not null`.execute(database.db);
  expect(rows).toHaveLength(2);
});
