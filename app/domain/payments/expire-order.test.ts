import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createPayments } from "#app/gateways/stripe.ts";
import { booksOf, standingOf, stockOf } from "#tests/factories/look.ts";
import { sendMessages } from "#tests/factories/messages.ts";
import { makeBuyer, makeOrder } from "#tests/factories/orders.ts";
import { loseCheckout, makeCheckout } from "#tests/factories/payments.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { type MadeListing, makeListing } from "#tests/factories/produce.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { HOLD_MS } from "../orders/place-order.ts";
import { cancelOrder } from "./cancel-order.ts";
import { expireOrder } from "./expire-order.ts";
import { openCheckout } from "./open-checkout.ts";
import { refundPayment } from "./refund-payment.ts";
import { settlePayment } from "./settle-payment.ts";
import { sweepExpired } from "./sweep-expired.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  payments = await startTestPayments();
  database = await createTestDatabase();
});
afterAll(async () => {
  await payments.close();
  await database.drop();
});
beforeEach(() => {
  payments.clock.aheadMs = 0;
});

const later = () => new Date(payments.clock.now.getTime() + HOLD_MS + 1_000);
const expire = (orderId: string, now = later()) =>
  expireOrder(database.db, payments.gateway, { orderId, now });
const settle = (checkoutSessionId: string) =>
  settlePayment(database.db, payments.gateway, { checkoutSessionId });
const checkout = (listing: MadeListing, quantity = 1) =>
  makeCheckout(database.db, payments, [{ listing, quantity }]);
const stock = (listing: MadeListing) => stockOf(database.db, listing.lotIds);

describe("an order that is not paid in time", () => {
  test("gives its stock back, and its payment page takes no money any more", async () => {
    const listing = await makeListing(database.db);
    const order = await checkout(listing, 3);
    expect(await expire(order.orderId, new Date())).toEqual({ ok: true, outcome: "not-due" });
    expect(await stock(listing)).toMatchObject({ held: 3 });
    expect(await expire(order.orderId)).toEqual({ ok: true, outcome: "expired" });
    expect(await payments.pay(order.url)).toBe(false);
    expect(await expire(order.orderId)).toEqual({ ok: true, outcome: "not-pending" });
    expect(await stock(listing)).toEqual({ available: 10, held: 0, sold: 0 });
    expect(await settle(order.checkoutSessionId)).toMatchObject({ outcome: "over" });
    expect(await standingOf(database.db, order.orderId)).toMatchObject({ status: "expired" });
  });

  test("is settled instead when Stripe says that it was paid", async () => {
    const listing = await makeListing(database.db);
    const order = await checkout(listing);
    await payments.pay(order.url);
    expect(await expire(order.orderId)).toEqual({ ok: true, outcome: "settled" });
    expect(await stock(listing)).toEqual({ available: 9, held: 0, sold: 1 });
  });

  test("keeps its stock while Stripe cannot be asked", async () => {
    const listing = await makeListing(database.db);
    const order = await checkout(listing);
    const dead = createPayments({
      secretKey: "sk_test_sandbox",
      apiUrl: "http://127.0.0.1:4649",
      webhookSecrets: [],
    });
    expect(await expireOrder(database.db, dead, { orderId: order.orderId, now: later() })).toEqual({
      ok: false,
      reason: "payments-unavailable",
    });
    expect(await stock(listing)).toMatchObject({ held: 1 });
  });

  test("and is settled at the same moment ends paid, whoever comes first", async () => {
    const listing = await makeListing(database.db);
    const order = await checkout(listing);
    await payments.pay(order.url);
    await raceBehind<unknown>(
      database.db,
      sql`select id from orders where id = ${order.orderId} for update`,
      2,
      [() => expire(order.orderId), () => settle(order.checkoutSessionId)],
    );
    expect(await standingOf(database.db, order.orderId)).toMatchObject({ status: "paid" });
    expect(await stock(listing)).toEqual({ available: 9, held: 0, sold: 1 });
  });

  test("and is being paid at that moment is either paid or never charged", async () => {
    for (let turn = 0; turn < 5; turn++) {
      const listing = await makeListing(database.db);
      const order = await checkout(listing);
      const [isCharged] = await Promise.all([payments.pay(order.url), expire(order.orderId)]);
      await settle(order.checkoutSessionId);
      const { status } = await standingOf(database.db, order.orderId);
      expect(status).toBe(isCharged ? "paid" : "expired");
      expect(await stock(listing)).toMatchObject({ held: 0, sold: isCharged ? 1 : 0 });
    }
  });

  test("is found by the sweeper when its job was lost", async () => {
    const listing = await makeListing(database.db);
    const order = await checkout(listing);
    await sql`delete from graphile_worker._private_jobs`.execute(database.db);
    await sweepExpired(database.db, { now: new Date(later().getTime() + 10 * 60_000) });
    const { rows } = await sql`select 1 from graphile_worker.jobs
      where key = ${`expire-order:${order.orderId}`}`.execute(database.db);
    expect(rows).toHaveLength(1);
  });
});

describe("a payment that arrives after the hold has ended", () => {
  test("gets the goods if they are still there, from another lot if need be", async () => {
    const household = await makeHousehold(database.db);
    const listing = await makeListing(database.db, {
      lots: [
        { household, quantity: 2, harvestedOn: "2026-11-01" },
        { household, quantity: 2, harvestedOn: "2026-11-02" },
      ],
    });
    const order = await checkout(listing, 2);
    await loseCheckout(database.db, order.orderId);
    await expire(order.orderId);
    await makeOrder(database.db, [{ listing, quantity: 2 }]);
    await payments.pay(order.url);
    expect(await settle(order.checkoutSessionId)).toMatchObject({ outcome: "settled" });
    expect(await settle(order.checkoutSessionId)).toMatchObject({ outcome: "settled" });
    expect(await stock(listing)).toEqual({ available: 0, held: 2, sold: 2 });
    expect((await booksOf(database.db))[`relief:${household.reliefCode}`]).toBe(-5_622);
  });

  test("is refunded in full when they are gone, the books are as before, and the buyer is told", async () => {
    const household = await makeHousehold(database.db);
    const listing = await makeListing(database.db, { lots: [{ household, quantity: 1 }] });
    const order = await checkout(listing);
    await loseCheckout(database.db, order.orderId);
    await expire(order.orderId);
    const before = await booksOf(database.db);
    await makeOrder(database.db, [{ listing, quantity: 1 }]);
    await payments.pay(order.url);
    for (let turn = 0; turn < 2; turn++) {
      expect(await settle(order.checkoutSessionId)).toMatchObject({ outcome: "refunding" });
    }
    const [refund] = (await standingOf(database.db, order.orderId)).refunds;
    await refundPayment(database.db, payments.gateway, { refundId: refund?.id ?? "" });
    expect(await standingOf(database.db, order.orderId)).toMatchObject({
      status: "expired",
      payments: [{ status: "refunded" }],
      refunds: [{ status: "succeeded", reason: "late-payment", fen: order.totalFen }],
    });
    expect(await booksOf(database.db)).toEqual(before);
    expect(await stock(listing)).toEqual({ available: 0, held: 1, sold: 0 });
    for (let turn = 0; turn < 2; turn++) await sendMessages(database.db, payments.sms);
    expect(await payments.messagesTo("+8613800000001")).toEqual([
      expect.stringMatching(new RegExp(`${order.number} 关闭后才收到.*¥37.90 已全额`)),
    ]);
    const given = await payments.stripe.refunds.list({ limit: 1 });
    expect(given.data[0]).toMatchObject({ amount: order.totalFen, status: "succeeded" });
  });
});

describe("cancelling an unpaid order", () => {
  const cancel = (buyer: ReturnType<typeof makeBuyer>, number: string) =>
    cancelOrder(database.db, payments.gateway, buyer, { number });

  test("gives the stock back at once, and a second tap is the same", async () => {
    const listing = await makeListing(database.db);
    const order = await checkout(listing);
    expect(await cancel(makeBuyer(), order.number)).toMatchObject({ reason: "order-not-found" });
    for (let turn = 0; turn < 2; turn++) {
      expect(await cancel(order.buyer, order.number)).toEqual({
        ok: true,
        number: order.number,
        refundFen: 0,
      });
    }
    expect(await payments.pay(order.url)).toBe(false);
    expect(await stock(listing)).toEqual({ available: 10, held: 0, sold: 0 });
  });

  test("comes too late when the money was faster: the order is settled", async () => {
    const listing = await makeListing(database.db);
    const order = await checkout(listing);
    await payments.pay(order.url);
    expect(await cancel(order.buyer, order.number)).toEqual({
      ok: false,
      reason: "order-not-cancellable",
      status: "paid",
    });
    expect(await stock(listing)).toEqual({ available: 9, held: 0, sold: 1 });
  });
});

test("an order whose first payment page opens late is held long enough to pay", async () => {
  const listing = await makeListing(database.db);
  const order = await makeOrder(database.db, [{ listing, quantity: 1 }]);
  payments.clock.aheadMs = 5 * 60_000;
  const { now } = payments.clock;
  const opened = await openCheckout(database.db, payments.gateway, order.buyer, {
    orderId: order.orderId,
    publicUrl: "http://localhost:3000",
    now,
  });
  expect(opened).toMatchObject({ ok: true });
  const { expires_at } = await database.db
    .selectFrom("orders")
    .select("expires_at")
    .where("id", "=", order.orderId)
    .executeTakeFirstOrThrow();
  expect(expires_at.getTime()).toBe(now.getTime() + HOLD_MS);
});
