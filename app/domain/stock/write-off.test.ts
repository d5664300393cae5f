import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { readLots } from "#tests/factories/look.ts";
import { makeCheckout, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { householdScope } from "#tests/factories/scopes.ts";
import { lockLots, raceBehind, waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { readHistory } from "../listings/read-history.ts";
import { restockListing } from "../listings/restock-listing.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";
import { cancelOrder } from "../payments/cancel-order.ts";

let payments: TestPayments;
let database: TestDatabase;
/** What the market must not do, this must not need. */
let db: Kysely<DB>;
beforeAll(async () => {
  payments = await startTestPayments();
});
beforeEach(async () => {
  database = await createTestDatabase();
  db = openAsApp(database);
  return async () => {
    await db.destroy();
    await database.drop();
  };
});
afterAll(() => payments.close());

const lotsOf = (listingId: string) =>
  db
    .selectFrom("lots")
    .where("listing_id", "=", listingId)
    .select(["available", "sold", "taken_out as out"])
    .orderBy("id")
    .execute();

async function farmerOf(listingId: string) {
  const { id, cooperativeId } = await db
    .selectFrom("listings")
    .innerJoin("households as home", "home.id", "listings.created_by_household_id")
    .where("listings.id", "=", listingId)
    .select(["home.id", "home.cooperative_id as cooperativeId"])
    .executeTakeFirstOrThrow();
  return householdScope({ userId: "head", householdId: id, cooperativeId });
}

const indexed = async () => {
  const { rows } = await sql<{ key: string }>`
    select key from graphile_worker.jobs where key like 'index-listing:%'`.execute(database.db);
  return rows.map(({ key }) => key.replace("index-listing:", ""));
};

test("what is spoiled is not on sale again, and the listing's history says why", async () => {
  const order = await makeCharged({ db, payments });
  const { listingId, scope, parcelId, lineId: orderLineId } = order;
  await sql`delete from graphile_worker._private_jobs`.execute(database.db);
  const asked = { parcelId, reason: "这两箱都烂了", lost: [{ orderLineId, reason: "spoiled" }] };
  const off = () => cancelParcel(db, scope, asked as Parameters<typeof cancelParcel>[2]);
  expect(await off()).toMatchObject({ ok: true, isNew: true });
  expect(await lotsOf(listingId)).toEqual([{ available: 3, sold: 0, out: 2 }]);
  expect(await indexed()).toEqual([listingId]);
  const told = { what: "called-off", quantity: 2, reason: "spoiled", by: "cooperative" };
  expect(await readHistory(db, await farmerOf(listingId), listingId)).toMatchObject([told]);
  expect(await db.selectFrom("untold_changes").select("listing_id").execute()).toHaveLength(1);

  expect(await off()).toMatchObject({ ok: true, isNew: false });
  expect(await lotsOf(listingId)).toEqual([{ available: 3, sold: 0, out: 2 }]);
  await expect(
    makeCheckout(db, payments, [{ listing: order.listing, quantity: 4 }]),
  ).rejects.toThrow();
  expect((await verifyLedger(db)).differences).toEqual([]);
});

test("of a parcel, what is still there is on sale again and what is gone is not", async () => {
  const cooperative = await makeCooperative(db);
  const household = await makeHousehold(db, { cooperative });
  const make = () => makeListing(db, { lots: [{ household, quantity: 5 }] });
  const [here, gone] = [await make(), await make()];
  const order = await makePaidCheckout(db, payments, [
    { listing: here, quantity: 1 },
    { listing: gone, quantity: 2 },
  ]);
  const [, line] = order.lines;
  if (!line) throw new Error("no line");
  const lost = [{ orderLineId: line.lineId, reason: "gone" as const }];
  const off = await cancelParcel(db, line.scope, { parcelId: line.parcelId, reason: "没了", lost });
  expect(off).toMatchObject({ ok: true, isNew: true });
  expect(await lotsOf(here.id)).toEqual([{ available: 5, sold: 0, out: 0 }]);
  expect(await lotsOf(gone.id)).toEqual([{ available: 3, sold: 0, out: 2 }]);
});

test("lines of another parcel are not touched, whoever names them", async () => {
  const first = await makeCharged({ db, payments });
  const listing = await makeListing(db);
  const other = await makePaidCheckout(db, payments, [{ listing, quantity: 2 }]);
  const lost = [{ orderLineId: other.lines[0]?.lineId ?? "", reason: "gone" as const }];
  const { scope, parcelId } = first;
  expect(await cancelParcel(db, scope, { parcelId, reason: "没了", lost })).toMatchObject({
    ok: true,
  });
  expect(await lotsOf(listing.id)).toEqual([{ available: 8, sold: 2, out: 0 }]);
  expect(await lotsOf(first.listingId)).toEqual([{ available: 5, sold: 0, out: 0 }]);
});

test("what its buyer cancels before it is packed is on sale again", async () => {
  const { buyer, number, listingId } = await makeCharged({ db, payments });
  await cancelOrder(db, payments.gateway, buyer, { number, withRefund: true });
  expect(await lotsOf(listingId)).toEqual([{ available: 5, sold: 0, out: 0 }]);
});

test("a restock, a hold and what is written off come one after the other", async () => {
  const { listing, listingId, scope, parcelId, lineId, lotId } = await lotted();
  const lost = [{ orderLineId: lineId, reason: "gone" as const }];
  const farmer = await farmerOf(listingId);
  const restock = { listingId, clientKey: uuidv7(), quantity: 2, harvestedOn: "2026-11-20" };
  const done = await raceBehind<{ ok?: boolean; number?: string }>(
    database.db,
    lockLots([lotId]),
    3,
    [
      () => cancelParcel(db, scope, { parcelId, reason: "没了", lost }),
      async () => {
        // Behind the other, which has its listing by then: else each would wait for the other's.
        await waitUntilBlocked(database.db, 1);
        return restockListing(db, farmer, restock, new Date("2026-11-22T04:00:00Z"));
      },
      async () => {
        await waitUntilBlocked(database.db, 2);
        return makeCheckout(db, payments, [{ listing, quantity: 3 }]);
      },
    ],
  );
  expect(done).toMatchObject([{ ok: true }, { ok: true }, { number: expect.any(String) }]);
  const lots = await lotsOf(listingId);
  expect(lots.reduce((sum, { out }) => sum + out, 0)).toBe(2);
  expect(lots.reduce((sum, { available }) => sum + available, 0)).toBe(2);
  expect(await readLots(db, [lotId])).toMatchObject([{ available: 0, held: 3, sold: 0 }]);
});

async function lotted() {
  const order = await makeCharged({ db, payments });
  return { ...order, lotId: order.listing.lotIds[0] ?? "" };
}
