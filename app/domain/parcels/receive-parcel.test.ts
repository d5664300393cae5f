import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { claimIdOf, claimRow, makeClaim } from "#tests/factories/claims.ts";
import { makeBuyer } from "#tests/factories/orders.ts";
import { makePaidCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { hoursAfter } from "../claims/claim-rules.ts";
import { readClaimable } from "../claims/read-claimable.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { completeOrders } from "../orders/complete-orders.ts";
import { acceptParcel } from "./accept-parcel.ts";
import { deliverParcel } from "./deliver-parcel.ts";
import { packParcel } from "./pack-parcel.ts";
import { receiveParcel } from "./receive-parcel.ts";
import { shipParcel } from "./ship-parcel.ts";

let market: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  payments = await startTestPayments();
});
afterAll(() => payments.close());
beforeEach(async () => {
  market = await createTestDatabase();
  return () => market.drop();
});

const NOW = new Date();
const later = (days: number) => hoursAfter(NOW, days * 24);

/** A paid order of so many parcels, each of a cooperative of its own; the first ones have left. */
async function makeSent({ parcels, sent }: { parcels: number; sent: number }) {
  const { db } = market;
  const items = [];
  for (let turn = 0; turn < parcels; turn++) {
    const cooperative = await makeCooperative(db);
    const household = await makeHousehold(db, { cooperative });
    const listing = await makeListing(db, { lots: [{ household, quantity: 9 }] });
    items.push({ listing, quantity: 2 });
  }
  const order = await makePaidCheckout(db, payments, items);
  for (const { scope, parcelId } of order.lines.slice(0, sent)) {
    const shipment = { carrier: "sf", trackingNumber: "SF12345678" } as const;
    await acceptParcel(db, scope, { parcelId, now: NOW });
    await packParcel(db, scope, { parcelId, now: NOW });
    await shipParcel(db, scope, { parcelId, ...shipment, now: NOW });
  }
  const [line, other] = order.lines;
  if (!line) throw new Error("no line");
  return { ...order, line, other: other ?? line };
}
type Order = Awaited<ReturnType<typeof makeSent>>;

async function standing({ orderId }: Order) {
  const { db } = market;
  const of = db.selectFrom("orders").select("status").where("id", "=", orderId);
  const rows = db.selectFrom("parcels").select("status").where("order_id", "=", orderId);
  const { status } = await of.executeTakeFirstOrThrow();
  const parcels = await rows.orderBy("status").execute();
  return [status, ...parcels.map((parcel) => parcel.status)];
}
const receive = ({ buyer, number }: Order, { parcelId }: Order["line"], now = later(2)) =>
  receiveParcel(market.db, buyer, { number, parcelId, now });
const mark = ({ scope, parcelId }: Order["line"], now: Date) =>
  deliverParcel(market.db, scope, { parcelId, now });
const claimable = ({ buyer, number, line }: Order, now: Date) =>
  readClaimable(market.db, buyer, { number, parcelId: line.parcelId, now });
const put = ({ orderId }: Order, status: string) =>
  market.db.updateTable("orders").set({ status }).where("id", "=", orderId).execute();
const isSound = async () => expect((await verifyLedger(market.db)).differences).toEqual([]);

describe("a parcel that left and that nobody has marked", () => {
  test("counts as delivered ten days later, and its order is complete a week after that", async () => {
    const order = await makeSent({ parcels: 1, sent: 1 });
    const run = (now: Date) => completeOrders(market.db, { now });
    const before = new Date(later(10).getTime() - 1);
    expect(await run(before)).toEqual({ ok: true, arrived: 0, completed: 0 });
    expect(await run(later(10))).toEqual({ ok: true, arrived: 1, completed: 0 });
    expect(await standing(order)).toEqual(["delivered", "delivered"]);
    expect(await claimable(order, later(12))).toMatchObject({ problem: null, until: later(12) });
    expect(await run(later(17))).toEqual({ ok: true, arrived: 0, completed: 1 });
    expect(await standing(order)).toEqual(["completed", "delivered"]);
    await isSound();
  });

  test("counts so however late anybody looks, and her hours begin when it does", async () => {
    const order = await makeSent({ parcels: 1, sent: 1 });
    expect(await completeOrders(market.db, { now: later(60) })).toMatchObject({ arrived: 1 });
    expect(await claimable(order, later(61))).toMatchObject({ problem: null });
    expect(await standing(order)).toEqual(["delivered", "delivered"]);
  });

  test("is not waited for by another that has not left, and keeps out of what a bank looks into", async () => {
    const order = await makeSent({ parcels: 2, sent: 1 });
    await put(order, "disputed");
    expect(await completeOrders(market.db, { now: later(30) })).toMatchObject({ arrived: 0 });
    await put(order, "packing");
    expect(await completeOrders(market.db, { now: later(30) })).toMatchObject({ arrived: 1 });
    expect(await standing(order)).toEqual(["packing", "delivered", "waiting"]);
  });
});

describe("a buyer says of one parcel that it has come", () => {
  test("while the other waits still; with the second one the order is complete", async () => {
    const order = await makeSent({ parcels: 2, sent: 1 });
    expect(await receive(order, order.line)).toEqual({ ok: true, status: "packing", isNew: true });
    expect(await receive(order, order.line)).toEqual({ ok: true, status: "packing", isNew: false });
    expect(await standing(order)).toEqual(["packing", "delivered", "waiting"]);
    const refused = { ok: false, reason: "not-receivable" };
    expect(await receive(order, order.other)).toEqual(refused);
    const both = await makeSent({ parcels: 2, sent: 2 });
    expect(await receive(both, both.line)).toMatchObject({ status: "shipped" });
    await put(both, "disputed");
    expect(await receive(both, both.other)).toEqual(refused);
    await put(both, "shipped");
    expect(await receive(both, both.other)).toMatchObject({ status: "completed", isNew: true });
    expect(await standing(both)).toEqual(["completed", "delivered", "delivered"]);
    await isSound();
  });

  test("and an order waits for her word of one that its cooperative alone calls delivered", async () => {
    const order = await makeSent({ parcels: 2, sent: 2 });
    await mark(order.other, later(1));
    expect(await receive(order, order.line)).toMatchObject({ status: "delivered" });
  });

  test("that is not hers, or of another order, and there is no such parcel", async () => {
    const order = await makeSent({ parcels: 1, sent: 1 });
    const other = await makeSent({ parcels: 1, sent: 1 });
    const none = { ok: false, reason: "order-not-found" };
    expect(await receive({ ...order, buyer: makeBuyer() }, order.line)).toEqual(none);
    expect(await receive(order, other.line)).toEqual(none);
    expect(await receive(order, { ...order.line, parcelId: "nonsense" })).toEqual(none);
    expect(await standing(order)).toEqual(["shipped", "shipped"]);
  });
});

describe("a claim", () => {
  test("for a parcel on its way says that it has come, whatever the other parcel does", async () => {
    const order = await makeSent({ parcels: 2, sent: 1 });
    expect(await claimable(order, later(2))).toMatchObject({
      ...{ problem: null, isOnItsWay: true, until: null },
    });
    const without = await makeClaim(market.db, order, { now: later(2), photoIds: [] });
    expect(without).toMatchObject({ ok: false });
    expect(await standing(order)).toEqual(["packing", "shipped", "waiting"]);
    const sent = await makeClaim(market.db, order, { now: later(2) });
    expect(await claimRow(market.db, claimIdOf(sent))).toMatchObject({ state: "waiting" });
    expect(await standing(order)).toEqual(["packing", "delivered", "waiting"]);
    expect(await claimable(order, later(4))).toMatchObject({ problem: null, until: later(4) });
    await isSound();
  });

  test("is not cut short by a cooperative that marks a parcel as soon as it has left", async () => {
    const order = await makeSent({ parcels: 1, sent: 1 });
    await mark(order.line, hoursAfter(NOW, 0.1));
    expect(await claimable(order, later(5))).toMatchObject({ problem: null, until: later(5) });
    const past = new Date(later(5).getTime() + 1);
    expect(await claimable(order, past)).toMatchObject({ problem: "too-late" });
  });
});
