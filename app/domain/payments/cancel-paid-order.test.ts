import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { booksOf, standingOf, stockOf } from "#tests/factories/look.ts";
import { sendMessages } from "#tests/factories/messages.ts";
import { makeBuyer } from "#tests/factories/orders.ts";
import { carryOutRefunds, makePaidCheckout } from "#tests/factories/payments.ts";
import { type MadeListing, makeListing } from "#tests/factories/produce.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { readOrder } from "../orders/read-order.ts";
import { acceptParcel } from "../parcels/accept-parcel.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";
import { packParcel } from "../parcels/pack-parcel.ts";
import { readParcel } from "../parcels/read-parcel.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { shipParcel } from "../parcels/ship-parcel.ts";
import { cancelOrder } from "./cancel-order.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeEach(async () => {
  payments = await startTestPayments();
  database = await createTestDatabase();
  return async () => {
    await payments.close();
    await database.drop();
  };
});

const PHONE = "+8613800000001";
const stock = (...listings: MadeListing[]) =>
  stockOf(
    database.db,
    listings.flatMap((listing) => listing.lotIds),
  );
const cancel = (order: { buyer: ReturnType<typeof makeBuyer>; number: string }) =>
  cancelOrder(database.db, payments.gateway, order.buyer, {
    number: order.number,
    withRefund: true,
  });

/** A paid order of one listing of each of `count` cooperatives. */
async function makePaid(count = 1) {
  const listings: MadeListing[] = [];
  for (let made = 0; made < count; made++) listings.push(await makeListing(database.db));
  const items = listings.map((listing) => ({ listing, quantity: 2 }));
  const order = await makePaidCheckout(database.db, payments, items);
  return { ...order, listings };
}

const tell = () => sendMessages(database.db, payments.sms);

describe("a paid order that its buyer cancels", () => {
  test("before packing gives money and stock back in full, once, and tells her", async () => {
    const order = await makePaid(2);
    for (let turn = 0; turn < 2; turn++) {
      expect(await cancel(order)).toEqual({
        ok: true,
        number: order.number,
        refundFen: order.totalFen,
      });
    }
    expect(await stock(...order.listings)).toEqual({ available: 20, held: 0, sold: 0 });
    expect((await standingOf(database.db, order.orderId)).status).toBe("cancelled");
    await tell();
    await carryOutRefunds(database.db, payments, order.orderId);
    await tell();
    expect(await booksOf(database.db)).toEqual({});
    expect(await standingOf(database.db, order.orderId)).toMatchObject({
      status: "refunded",
      payments: [{ status: "refunded" }],
      refunds: [{ status: "succeeded", reason: "cancelled-by-buyer", fen: order.totalFen }],
    });
    expect(await cancel(order)).toMatchObject({ ok: true, refundFen: order.totalFen });
    const view = await readOrder(database.db, order.buyer, order.number);
    expect(view?.parcels.map(({ status }) => status)).toEqual(["cancelled", "cancelled"]);
    const texts = await payments.messagesTo(PHONE);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain(order.number);
    expect(texts[0]).toContain(`¥${(order.totalFen / 100).toFixed(2)}`);
  });

  test("once a cooperative has begun is not cancelled, nor without a word of refund", async () => {
    const order = await makePaid(2);
    const [line] = order.lines;
    const plain = { number: order.number };
    expect(await cancelOrder(database.db, payments.gateway, order.buyer, plain)).toMatchObject({
      reason: "order-not-cancellable",
      status: "paid",
    });
    if (line) await acceptParcel(database.db, line.scope, { parcelId: line.parcelId });
    expect(await cancel(order)).toMatchObject({
      ok: false,
      reason: "order-not-cancellable",
      status: "packing",
    });
    expect(await stock(...order.listings)).toMatchObject({ sold: 4 });
    expect((await standingOf(database.db, order.orderId)).refunds).toEqual([]);
    expect(await cancel({ ...order, buyer: makeBuyer() })).toMatchObject({
      reason: "order-not-found",
    });
  });

  test("while a cooperative takes it up ends one way or the other, never both", async () => {
    for (let turn = 0; turn < 3; turn++) {
      const order = await makePaid();
      const [line] = order.lines;
      if (!line) throw new Error("no line");
      const [cancelled, accepted] = await raceBehind<{ ok: boolean }>(
        database.db,
        sql`select id from orders where id = ${order.orderId} for update`,
        2,
        [
          () => cancel(order),
          () => acceptParcel(database.db, line.scope, { parcelId: line.parcelId }),
        ],
      );
      expect(cancelled?.ok).not.toBe(accepted?.ok);
      const { status, refunds } = await standingOf(database.db, order.orderId);
      expect(status).toBe(cancelled?.ok ? "cancelled" : "packing");
      expect(refunds).toHaveLength(cancelled?.ok ? 1 : 0);
    }
  });

  test("twice at the same moment is refunded once", async () => {
    const order = await makePaid();
    const answers = await raceBehind<{ ok: boolean }>(
      database.db,
      sql`select id from orders where id = ${order.orderId} for update`,
      2,
      [() => cancel(order), () => cancel(order)],
    );
    expect(answers.map((answer) => answer.ok)).toEqual([true, true]);
    expect((await standingOf(database.db, order.orderId)).refunds).toHaveLength(1);
    expect(await stock(...order.listings)).toEqual({ available: 10, held: 0, sold: 0 });
  });
});

describe("a parcel that its cooperative cannot send", () => {
  test("goes back in full with its freight, the reason is told, the other parcel goes on", async () => {
    const order = await makePaid(2);
    const [off, on] = order.lines;
    if (!off || !on) throw new Error("no lines");
    const { scope, parcelId } = off;
    await acceptParcel(database.db, scope, { parcelId });
    const told = { parcelId, reason: "冰雹打坏了苹果" };
    expect(await cancelParcel(database.db, scope, told)).toMatchObject({ ok: true, isNew: true });
    const again = { ...told, reason: "另一个原因" };
    expect(await cancelParcel(database.db, scope, again)).toMatchObject({ ok: true, isNew: false });
    await carryOutRefunds(database.db, payments, order.orderId);
    await tell();
    const { status, refunds } = await standingOf(database.db, order.orderId);
    expect({ status, refunds }).toMatchObject({
      status: "partly-refunded",
      refunds: [{ status: "succeeded", fen: order.totalFen / 2 }],
    });
    const [offListing, onListing] = order.listings as [MadeListing, MadeListing];
    expect(await stock(offListing)).toEqual({ available: 10, held: 0, sold: 0 });
    expect(await stock(onListing)).toEqual({ available: 8, held: 0, sold: 2 });
    const view = await readOrder(database.db, order.buyer, order.number);
    const events = view?.parcels.find(({ id }) => id === parcelId)?.events;
    expect(events?.at(-1)).toMatchObject({ kind: "cancelled", note: told.reason });
    expect(await payments.messagesTo(PHONE)).toEqual([expect.stringContaining(told.reason)]);
    const next = { parcelId: on.parcelId };
    expect(await acceptParcel(database.db, on.scope, next)).toMatchObject({ ok: true });
    expect(
      await cancelParcel(database.db, on.scope, { ...next, reason: "也没有了" }),
    ).toMatchObject({
      ok: true,
    });
    await carryOutRefunds(database.db, payments, order.orderId);
    expect((await standingOf(database.db, order.orderId)).status).toBe("refunded");
    expect(await booksOf(database.db)).toEqual({});
  });

  test("is not called off once it is shipped, nor by another cooperative", async () => {
    const order = await makePaid();
    const [line] = order.lines;
    if (!line) throw new Error("no line");
    const { scope, parcelId } = line;
    const stranger = coopScope({ userId: "other", cooperativeId: order.orderId });
    const asked = { parcelId, reason: "没有货" };
    expect(await cancelParcel(database.db, stranger, asked)).toMatchObject({
      reason: "parcel-not-found",
    });
    await acceptParcel(database.db, scope, { parcelId });
    await packParcel(database.db, scope, { parcelId });
    const shipment = { parcelId, carrier: "sf", trackingNumber: "SF12345678" } as const;
    await shipParcel(database.db, scope, shipment);
    expect(await cancelParcel(database.db, scope, asked)).toEqual({
      ok: false,
      reason: "already-shipped",
    });
    expect((await standingOf(database.db, order.orderId)).refunds).toEqual([]);
  });

  test("is neither cancelled nor refunded where its money is made up and no Stripe has it", async () => {
    const { db } = database;
    const order = await makePaid();
    const [line] = order.lines;
    if (!line) throw new Error("no line");
    const before = await standingOf(db, order.orderId);
    await db.updateTable("payments").set({ payment_intent_id: "pi_seed_TJ1" }).execute();
    expect((await readOrder(db, order.buyer, order.number))?.isMadeUp).toBe(true);
    const { scope, parcelId } = line;
    expect((await readParcel(db, scope, parcelId))?.isMadeUp).toBe(true);
    expect(await cancel(order)).toMatchObject({ ok: false, reason: "order-not-cancellable" });
    const refused = { ok: false, reason: "payment-made-up" };
    expect(await cancelParcel(db, scope, { parcelId, reason: "没有货" })).toEqual(refused);
    const clientKey = "018f0000-0000-7000-8000-000000000001";
    const asked = { parcelId, of: { kind: "all" }, clientKey } as const;
    expect(await refundParcel(db, scope, asked)).toEqual(refused);
    expect(await standingOf(db, order.orderId)).toEqual(before);
  });
});
