import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCycle } from "#tests/factories/cycles.ts";
import { loseCheckout, makeCheckout, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { lockLots, waitUntilBlocked } from "#tests/setup/barrier.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { HOLD_MS } from "../orders/place-order.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";
import { expireOrder } from "../payments/expire-order.ts";
import { settlePayment } from "../payments/settle-payment.ts";
import { callOffCycle, closeCycle } from "./end-cycle.ts";
import { tellCollectionNow, tellCollections } from "./tell-collection.ts";

let market: PayingMarket;
beforeAll(async () => {
  market = await openPayingMarket();
});
afterAll(() => market.drop());

test("who was told what to bring is told that it is off when the cycle is called off, once", async () => {
  const { db, payments } = market;
  const listing = await makeListing(db);
  const { id: cycleId, scope } = await makeCycle(db, [listing], { tellsIdle: true });
  const { lines } = await makePaidCheckout(db, payments, [{ listing, quantity: 2 }]);
  await closeCycle(db, scope, { cycleId });
  const [line] = lines;
  if (!line) throw new Error("it has a line");
  expect(await tellCollectionNow(db, scope, { cycleId })).toEqual({ ok: true, households: 1 });
  await cancelParcel(db, line.scope, { parcelId: line.parcelId, reason: "冰雹" });
  for (const isChanged of [true, false]) {
    expect(await callOffCycle(db, scope, { cycleId })).toEqual({ ok: true, isChanged });
  }
  await tellCollections(db, new Date(Date.now() + 3 * 3_600_000));
  const told = await db
    .selectFrom("messages")
    .select("template")
    .where("template", "like", "collection.%")
    .orderBy("id")
    .execute();
  expect(told.map(({ template }) => template)).toEqual(["collection.bring", "collection.off"]);
});

test("and nobody hears of a cycle that is called off before anybody was told", async () => {
  const { db } = market;
  const before = await db.selectFrom("messages").select("id").execute();
  const { id: cycleId, scope } = await makeCycle(db, [await makeListing(db)], { tellsIdle: true });
  await callOffCycle(db, scope, { cycleId });
  expect(await db.selectFrom("messages").select("id").execute()).toEqual(before);
});

test("a run of no cycle there is tells nobody", async () => {
  const { db } = market;
  const { scope } = await makeCycle(db, [await makeListing(db)]);
  for (const cycleId of ["nothing", "' or 1=1", uuidv7()]) {
    expect(await tellCollectionNow(db, scope, { cycleId })).toEqual({
      ...{ ok: false, reason: "cycle-unknown" },
    });
  }
});

/** An order of a cycle that has expired, and is paid all the same: nobody has settled that yet. */
async function makeLatePayment() {
  const { db, payments } = market;
  const listing = await makeListing(db);
  const { id: cycleId, scope } = await makeCycle(db, [listing]);
  const order = await makeCheckout(db, payments, [{ listing, quantity: 2 }]);
  const { orderId, checkoutSessionId } = order;
  await loseCheckout(db, orderId);
  const now = new Date(payments.clock.now.getTime() + HOLD_MS + 1_000);
  await expireOrder(db, payments.gateway, { orderId, now });
  await payments.pay(order.url);
  const settle = () => settlePayment(db, payments.gateway, { checkoutSessionId });
  return { listing, cycleId, scope, orderId, settle };
}

test("a late payment that is being settled comes before the calling off, which then finds its order", async () => {
  const { db } = market;
  const { listing, cycleId, scope, settle } = await makeLatePayment();
  const { settled, calledOff } = await db.transaction().execute(async (trx) => {
    await lockLots(listing.lotIds).execute(trx);
    const settled = settle();
    await waitUntilBlocked(db, 1);
    const calledOff = callOffCycle(db, scope, { cycleId });
    await waitUntilBlocked(db, 2);
    return { settled, calledOff };
  });
  expect(await settled).toMatchObject({ outcome: "settled" });
  expect(await calledOff).toMatchObject({ ok: false, reason: "orders-stand" });
});

test("a late payment that waited until its cycle had closed goes back", async () => {
  const { db } = market;
  const { cycleId, scope, orderId, settle } = await makeLatePayment();
  const settling = await db.transaction().execute(async (trx) => {
    await sql`select from orders where id = ${orderId} for update`.execute(trx);
    const settled = settle();
    await waitUntilBlocked(db, 1);
    expect(await closeCycle(db, scope, { cycleId })).toEqual({ ok: true, isChanged: true });
    return { settled };
  });
  expect(await settling.settled).toMatchObject({ outcome: "refunding" });
});
