import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { booksOf, standingOf, stockOf } from "#tests/factories/look.ts";
import { makeCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { readOrder } from "../orders/read-order.ts";
import { openCheckout } from "./open-checkout.ts";
import { refundPayment } from "./refund-payment.ts";
import { settlePayment } from "./settle-payment.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  payments = await startTestPayments();
});
afterAll(() => payments.close());
beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});

const settle = (checkoutSessionId: string) =>
  settlePayment(database.db, payments.gateway, { checkoutSessionId });

const lockOrderRow = (orderId: string) =>
  sql`select id from orders where id = ${orderId} for update`;

describe("a payment that arrives", () => {
  test("makes the order paid, sells the stock and posts the product's worked example", async () => {
    const { db } = database;
    const yanyuan = await makeCooperative(db, { slug: "yanyuan" });
    const households = [
      await makeHousehold(db, { cooperative: yanyuan, reliefCode: "LS-000123" }),
      await makeHousehold(db, { cooperative: yanyuan, reliefCode: "LS-000207" }),
    ];
    const listing = await makeListing(db, {
      lots: households.map((household) => ({ household, quantity: 1 })),
    });
    const order = await makeCheckout(db, payments, [{ listing, quantity: 2 }]);
    expect(await settle(order.checkoutSessionId)).toMatchObject({ ok: true, outcome: "unpaid" });

    expect(await payments.pay(order.url)).toBe(true);
    expect(await settle(order.checkoutSessionId)).toEqual({
      ok: true,
      orderId: order.orderId,
      outcome: "settled",
    });
    expect(await booksOf(db)).toEqual({
      "stripe:clearing": 6_780,
      "relief:LS-000123": -2_811,
      "relief:LS-000207": -2_811,
      "coop-fee:yanyuan": -358,
      "freight:yanyuan": -800,
    });
    expect(await stockOf(db, listing.lotIds)).toEqual({ available: 0, held: 0, sold: 2 });
    const { rows: untagged } = await sql`
      select 1 from postings p join ledger_accounts a on a.id = p.account_id
      where a.code like 'relief:%' and (p.relief_account_id is null or p.order_line_id is null)
    `.execute(db);
    expect(untagged).toEqual([]);
    const view = await readOrder(db, order.buyer, order.number);
    expect(view?.status).toBe("paid");
    expect(view?.parcels[0]?.events).toMatchObject([{ kind: "waiting" }]);
  });

  test("told of ten times, at once and again, is one settlement", async () => {
    const { db } = database;
    const listing = await makeListing(db);
    const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
    await payments.pay(order.url);
    const told = () => settle(order.checkoutSessionId);
    const answers = await raceBehind(
      db,
      lockOrderRow(order.orderId),
      5,
      Array.from({ length: 5 }, () => told),
    );
    for (let turn = 0; turn < 5; turn++) answers.push(await told());
    expect(answers.every((answer) => answer.ok && answer.outcome === "settled")).toBe(true);
    expect(await stockOf(db, listing.lotIds)).toEqual({ available: 9, held: 0, sold: 1 });
    expect((await standingOf(db, order.orderId)).payments).toHaveLength(1);
    expect((await booksOf(db))["stripe:clearing"]).toBe(order.totalFen);
  });

  test("of another amount stops at suspense and sells nothing", async () => {
    const { db } = database;
    const listing = await makeListing(db);
    const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
    await payments.pay(order.url);
    // The order's sum changes behind the payment's back: what was paid is one fen short.
    await sql`update orders set freight_fen = freight_fen + 1, total_fen = total_fen + 1
      where id = ${order.orderId}`.execute(db);
    for (let turn = 0; turn < 2; turn++) {
      expect(await settle(order.checkoutSessionId)).toMatchObject({ outcome: "suspended" });
    }
    expect(await standingOf(db, order.orderId)).toEqual({
      status: "pending-payment",
      payments: [{ status: "suspense", fen: order.totalFen }],
      refunds: [],
    });
    expect(await readOrder(db, order.buyer, order.number)).toMatchObject({ isMoneyHeld: true });
    expect(await booksOf(db)).toEqual({
      "stripe:clearing": order.totalFen,
      "suspense:payments": -order.totalFen,
    });
    expect(await stockOf(db, listing.lotIds)).toMatchObject({ held: 1, sold: 0 });
  });

  test("in another currency stops at suspense, though the number is the same", async () => {
    const { db } = database;
    const listing = await makeListing(db);
    const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
    await payments.pay(order.url);
    const gateway: typeof payments.gateway = {
      ...payments.gateway,
      async retrieveCheckout(id) {
        const found = await payments.gateway.retrieveCheckout(id);
        if (!found.ok || !found.checkout.payment) return found;
        const payment = { ...found.checkout.payment, currency: "jpy" };
        return { ok: true, checkout: { ...found.checkout, payment } };
      },
    };
    const { checkoutSessionId } = order;
    expect(await settlePayment(db, gateway, { checkoutSessionId })).toMatchObject({
      outcome: "suspended",
    });
    expect((await standingOf(db, order.orderId)).status).toBe("pending-payment");
    expect(await stockOf(db, listing.lotIds)).toMatchObject({ held: 1, sold: 0 });
  });

  test("a second time for one order goes back in full, and the sale stays", async () => {
    const { db } = database;
    const listing = await makeListing(db);
    const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
    await payments.pay(order.url);
    await settle(order.checkoutSessionId);
    const after = await booksOf(db);
    const again = await payments.stripe.checkout.sessions.create({
      mode: "payment",
      client_reference_id: order.orderId,
      success_url: "http://localhost:3000/",
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: "cny",
            unit_amount: order.totalFen,
            product_data: { name: "again" },
          },
        },
      ],
    });
    await payments.pay(again.url ?? "");
    expect(await settle(again.id)).toMatchObject({ outcome: "refunding" });
    const [refund] = (await standingOf(db, order.orderId)).refunds;
    expect(refund).toMatchObject({ reason: "second-payment", fen: order.totalFen });
    const refundId = refund?.id ?? "";
    for (let turn = 0; turn < 2; turn++) {
      expect(await refundPayment(db, payments.gateway, { refundId })).toMatchObject({
        ok: true,
        status: "succeeded",
      });
    }
    expect(await booksOf(db)).toEqual(after);
    expect(await standingOf(db, order.orderId)).toMatchObject({
      status: "paid",
      payments: [{ status: "succeeded" }, { status: "refunded" }],
      refunds: [{ status: "succeeded" }],
    });
  });
});

describe("an order's payment page", () => {
  test("is one and the same for two taps at once", async () => {
    const { db } = database;
    const listing = await makeListing(db);
    const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
    await sql`update orders set checkout_session_id = null, checkout_url = null`.execute(db);
    const { now } = payments.clock;
    const open = () =>
      openCheckout(db, payments.gateway, order.buyer, {
        orderId: order.orderId,
        publicUrl: "http://localhost:3000",
        now,
      });
    expect(await Promise.all([open(), open(), open()])).toEqual(
      Array(3).fill({ ok: true, url: order.url }),
    );
  });

  test("carries the order's number and the relief accounts into Stripe's records", async () => {
    const { db } = database;
    const household = await makeHousehold(db);
    const listing = await makeListing(db, { lots: [{ household, quantity: 1 }] });
    const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
    await payments.pay(order.url);
    const session = await payments.stripe.checkout.sessions.retrieve(order.checkoutSessionId, {
      expand: ["payment_intent", "line_items"],
    });
    const metadata = { order_number: order.number, relief_accounts_1: household.reliefCode };
    expect(session.metadata).toMatchObject(metadata);
    expect(session.payment_intent).toMatchObject({ metadata });
    expect(session.line_items?.data.map((line) => line.amount_total)).toEqual([2_990, 800]);
  });

  test("is not opened for another buyer, nor for an order that is paid", async () => {
    const { db } = database;
    const listing = await makeListing(db);
    const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
    const other = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
    const asked = { orderId: order.orderId, publicUrl: "http://localhost:3000" };
    expect(await openCheckout(db, payments.gateway, other.buyer, asked)).toEqual({
      ok: false,
      reason: "order-not-found",
    });
    await payments.pay(order.url);
    await settle(order.checkoutSessionId);
    expect(await openCheckout(db, payments.gateway, order.buyer, asked)).toEqual({
      ok: false,
      reason: "order-not-payable",
      status: "paid",
    });
  });
});
