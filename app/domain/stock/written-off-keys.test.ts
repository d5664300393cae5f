import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeOrder } from "#tests/factories/orders.ts";
import { makePaidCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";
import { endHold } from "./end-hold.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  [database, payments] = await Promise.all([createTestDatabase(), startTestPayments()]);
});
afterAll(async () => {
  await payments.close();
  await database.drop();
});

/** Two listings of two lots each: of both the first lot is sold in one parcel, the second is held. */
async function makeHalfSold() {
  const { db } = database;
  const household = await makeHousehold(db, { cooperative: await makeCooperative(db) });
  const days = ["2026-11-01", "2026-11-02"];
  const lots = days.map((harvestedOn) => ({ household, quantity: 1, harvestedOn }));
  const listings = [await makeListing(db, { lots }), await makeListing(db, { lots })];
  const items = listings.map((listing) => ({ listing, quantity: 1 }));
  const { lines } = await makePaidCheckout(db, payments, items);
  const held = await makeOrder(db, items);
  const [first, second] = lines;
  if (!first || !second) throw new Error("the order has two lines");
  return { first, second, held, keys: listings.map(({ id }) => `index-listing:${id}`) };
}

test("writing goods off while a hold ends never deadlocks over search", async () => {
  const { db } = database;
  const { first, second, held, keys } = await makeHalfSold();
  // The search has not indexed either yet, so that both want the keys of jobs that wait already.
  for (const key of keys) {
    await sql`select graphile_worker.add_job('index-listing', '{}', job_key => ${key})`.execute(db);
  }
  let cancelled: Promise<unknown> = Promise.resolve();
  let released: Promise<unknown> = Promise.resolve();
  await db.transaction().execute(async (trx) => {
    // Between writing off and giving back: what the other line had sold is somebody else's to move.
    await sql`select from allocations where order_line_id = ${first.lineId} for update`.execute(
      trx,
    );
    cancelled = cancelParcel(db, second.scope, {
      parcelId: second.parcelId,
      reason: "hail",
      lost: [{ orderLineId: second.lineId, reason: "spoiled" }],
    });
    cancelled.catch(() => {});
    await waitUntilBlocked(db, 1);
    let isReleased = false;
    released = db
      .transaction()
      .execute((other) => endHold(other, held.orderId, "released"))
      .then(() => {
        isReleased = true;
      });
    released.catch(() => {});
    await waitUntilBlocked(db, () => (isReleased ? 1 : 2));
  });
  expect(await cancelled).toMatchObject({ ok: true, isNew: true });
  await released;
  const { rows } = await sql`select 1 from graphile_worker._private_jobs
    where key = any(${keys}) and payload ->> 'listingId' is not null`.execute(db);
  expect(rows).toHaveLength(2);
});
