import { beforeEach, describe, expect, test } from "vitest";
import { makeBuyer } from "#tests/factories/orders.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { buyerScope, coopScope } from "#tests/factories/scopes.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { completeOrders } from "../orders/complete-orders.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { acceptParcel } from "./accept-parcel.ts";
import { confirmReceipt } from "./confirm-receipt.ts";
import { deliverParcel } from "./deliver-parcel.ts";
import { packParcel } from "./pack-parcel.ts";
import { isReceivable } from "./receipt-rule.ts";
import { shipParcel } from "./ship-parcel.ts";

let market: TestDatabase;
beforeEach(async () => {
  market = await createTestDatabase();
  return () => market.drop();
});

const DAY_MS = 24 * 60 * 60_000;
const NOW = new Date("2026-11-22T04:00:00Z");
const later = (days: number) => new Date(NOW.getTime() + days * DAY_MS);

/** Two parcels of two cooperatives, both with the carrier. */
async function makeShipped() {
  const homes = [];
  for (let turn = 0; turn < 2; turn++) {
    const cooperative = await makeCooperative(market.db);
    homes.push(await makeHousehold(market.db, { cooperative }));
  }
  const order = await makePaidOrder(
    market.db,
    homes.map((home) => [home]),
  );
  const row = await market.db
    .selectFrom("orders")
    .select("visitor_id")
    .where("id", "=", order.id)
    .executeTakeFirstOrThrow();
  const parcels = order.parcels.map(({ id: parcelId, cooperativeId }) => {
    return { parcelId, scope: coopScope({ userId: "manager", cooperativeId }) };
  });
  for (const { scope, parcelId } of parcels) {
    await acceptParcel(market.db, scope, { parcelId });
    await packParcel(market.db, scope, { parcelId });
    await shipParcel(market.db, scope, { parcelId, carrier: "sf", trackingNumber: "SF12345678" });
  }
  const buyer = buyerScope({ userId: null, visitorId: row.visitor_id ?? "" });
  const deliver = (index: number, now = NOW) => {
    const parcel = parcels[index];
    if (!parcel) throw new Error("no such parcel");
    return deliverParcel(market.db, parcel.scope, { parcelId: parcel.parcelId, now });
  };
  return { ...order, buyer, deliver };
}

type Order = Awaited<ReturnType<typeof makeShipped>>;
const receive = ({ buyer, number }: Order) => confirmReceipt(market.db, buyer, { number });
const put = (order: Order, status: string) =>
  market.db.updateTable("orders").set({ status }).where("id", "=", order.id).execute();
async function standing({ id }: Order) {
  const order = await market.db
    .selectFrom("orders")
    .select(["status", "closed_at"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const parcels = await market.db
    .selectFrom("parcels")
    .select("status")
    .where("order_id", "=", id)
    .execute();
  return { ...order, parcels: parcels.map(({ status }) => status) };
}

describe("a buyer who has received her order", () => {
  test("completes it, and what was on its way has arrived; twice is once", async () => {
    const order = await makeShipped();
    await order.deliver(0);
    expect(await receive(order)).toEqual({ ok: true, status: "completed", isNew: true });
    expect(await receive(order)).toEqual({ ok: true, status: "completed", isNew: false });
    expect(await standing(order)).toEqual({
      status: "completed",
      closed_at: expect.any(Date),
      parcels: ["delivered", "delivered"],
    });
    const { count } = await market.db
      .selectFrom("parcel_events")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("kind", "=", "delivered")
      .executeTakeFirstOrThrow();
    expect(count).toBe(2);
    expect(await order.deliver(1)).toMatchObject({ ok: true, isNew: false });
  });

  test("is asked for nothing while a part of it has not left, or the bank is at it", async () => {
    const order = await makeShipped();
    for (const status of ["packing", "disputed", "refunded", "pending-payment"]) {
      await put(order, status);
      expect(await receive(order)).toEqual({ ok: false, reason: "not-receivable" });
    }
    expect((await standing(order)).parcels).toEqual(["shipped", "shipped"]);
    await put(order, "shipped");
    const stranger = { ...order, buyer: makeBuyer() };
    const unknown = { ok: false, reason: "order-not-found" };
    expect(await receive(stranger)).toEqual(unknown);
    // An address may say what PostgreSQL cannot take as a text.
    expect(await receive({ ...order, number: "TJ\0" })).toEqual(unknown);
  });

  test("sees a partly refunded order stay so, with its parcels delivered", async () => {
    const order = await makeShipped();
    await put(order, "partly-refunded");
    expect(await receive(order)).toEqual({ ok: true, status: "partly-refunded", isNew: true });
    expect((await standing(order)).parcels).toEqual(["delivered", "delivered"]);
    expect(await receive(order)).toMatchObject({ ok: true, isNew: false });
    const waiting = order.parcels[0]?.id ?? "";
    await market.db
      .updateTable("parcels")
      .set({ status: "packed" })
      .where("id", "=", waiting)
      .execute();
    expect(await receive(order)).toEqual({ ok: false, reason: "not-receivable" });
    expect(isReceivable("partly-refunded", ["delivered", "cancelled"])).toBe(false);
    expect(isReceivable("partly-refunded", ["shipped", "packed"])).toBe(false);
  });

  test("who says nothing has it completed seven days after the last parcel", async () => {
    const order = await makeShipped();
    await order.deliver(0);
    await order.deliver(1, later(2));
    const before = new Date(later(9).getTime() - 1);
    expect(await completeOrders(market.db, { now: before })).toEqual({
      ok: true,
      arrived: 0,
      completed: 0,
    });
    expect((await standing(order)).status).toBe("delivered");
    expect(await completeOrders(market.db, { now: later(9) })).toEqual({
      ok: true,
      arrived: 0,
      completed: 1,
    });
    expect(await standing(order)).toMatchObject({ status: "completed", closed_at: later(9) });
    expect(await completeOrders(market.db, { now: later(10) })).toEqual({
      ok: true,
      arrived: 0,
      completed: 0,
    });
  });

  test("or said that the bank should help is not told that it is complete", async () => {
    const order = await makeShipped();
    await order.deliver(0);
    await order.deliver(1);
    for (const status of ["disputed", "partly-refunded", "refunded"]) {
      await put(order, status);
      await completeOrders(market.db, { now: later(30) });
      expect((await standing(order)).status).toBe(status);
    }
  });

  test("and the clock at the same moment complete it once", async () => {
    const order = await makeShipped();
    await order.deliver(0);
    await order.deliver(1);
    const racing = await market.db.transaction().execute(async (trx) => {
      await lockOrder(trx, order.id);
      const both = [receive(order), completeOrders(market.db, { now: later(8) })] as const;
      await waitUntilBlocked(market.db, 2);
      return { both };
    });
    const [mine, byClock] = await Promise.all(racing.both);
    expect(mine).toMatchObject({ ok: true, status: "completed" });
    expect((mine.ok && mine.isNew ? 1 : 0) + byClock.completed).toBe(1);
  });

  test("or went to the bank while the clock was at it is heard by it", async () => {
    const order = await makeShipped();
    await order.deliver(0);
    await order.deliver(1);
    const byClock = await market.db.transaction().execute(async (trx) => {
      await trx
        .updateTable("orders")
        .set({ status: "disputed" })
        .where("id", "=", order.id)
        .execute();
      const running = completeOrders(market.db, { now: later(8) });
      await waitUntilBlocked(market.db, 1);
      return { running };
    });
    expect(await byClock.running).toEqual({ ok: true, arrived: 0, completed: 0 });
    expect((await standing(order)).status).toBe("disputed");
  });
});
