import { sql } from "kysely";
import type Stripe from "stripe";
import { beforeEach, describe, expect, test } from "vitest";
import { readSuspense } from "#app/domain/operations/read-suspense.ts";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { recordPaymentEvent } from "#app/domain/payments/record-event.ts";
import { refundPayment } from "#app/domain/payments/refund-payment.ts";
import { settlePayment } from "#app/domain/payments/settle-payment.ts";
import { settleRefunds } from "#app/domain/payments/settle-refunds.ts";
import { readEvent } from "#app/gateways/stripe-shapes.ts";
import { settleRefundsJob } from "#app/jobs/settle-refunds.ts";
import { makeCharged, makeListed } from "#tests/factories/charged-orders.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { carryOutRefunds, makeCheckout } from "#tests/factories/payments.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { startReachableMarket } from "#tests/setup/webhooks.ts";

let market: Awaited<ReturnType<typeof startReachableMarket>>;
beforeEach(async () => {
  market = await startReachableMarket();
  await market.payments.control({ duplicate: 2, disorder: true });
  return () => market.close();
});

const makePaid = () => makeCharged(market);
const standing = (order: { orderId: string }) => standingOf(market.db, order.orderId);
const sentOf = async () => (await market.payments.messagesTo("+8613800000001")).length;

describe("money given back by hand at Stripe", () => {
  test("is taken over into the books, each event three times and in any order", async () => {
    const order = await makePaid();
    const { refunds } = market.payments.stripe;
    await refunds.create({ charge: order.chargeId, amount: 2_990 });
    await market.hear("charge.refunded", order.chargeId);
    expect(await booksOf(market.db)).toEqual({
      "stripe:clearing": 3_790,
      "relief:LS-000123": -2_811,
      "coop-fee:yanyuan": -179,
      "freight:yanyuan": -800,
    });
    expect(await standing(order)).toMatchObject({
      status: "partly-refunded",
      payments: [{ status: "partly-refunded" }],
      refunds: [{ status: "succeeded", reason: "by-hand", fen: 2_990 }],
    });
    expect(await sentOf()).toBe(1);
    const rest = await refunds.create({ charge: order.chargeId });
    await market.hear("refund.created", rest.id);
    await market.hear("refund.updated", rest.id);
    for (let turn = 0; turn < 2; turn++) {
      await settleRefunds(market.db, market.payments.gateway, order);
    }
    expect(await booksOf(market.db)).toEqual({});
    expect(await standing(order)).toMatchObject({
      status: "refunded",
      refunds: [{ fen: 2_990 }, { fen: 3_790 }],
    });
    const waiting = await market.db
      .selectFrom("stripe_events")
      .select("type")
      .where("processed_at", "is", null)
      .execute();
    expect(waiting).toEqual([]);
  });

  test("is not given once more when the market dies between writing it down and posting it", async () => {
    const order = await makePaid();
    const { refunds } = market.payments.stripe;
    await refunds.create({ charge: order.chargeId, amount: 1_000 });
    let transactions = 0;
    const dying = new Proxy(market.db, {
      get(db, name) {
        if (name === "transaction" && ++transactions > 1) throw new Error("died");
        const value = Reflect.get(db, name);
        return typeof value === "function" ? value.bind(db) : value;
      },
    });
    await expect(settleRefunds(dying, market.payments.gateway, order)).rejects.toThrow("died");
    const { id: refundId } = await market.db
      .selectFrom("refunds")
      .select("id")
      .executeTakeFirstOrThrow();
    await refundPayment(market.db, market.payments.gateway, { refundId });
    await settleRefunds(market.db, market.payments.gateway, order);
    expect((await refunds.list({ charge: order.chargeId })).data).toHaveLength(1);
    expect((await booksOf(market.db))["stripe:clearing"]).toBe(5_780);
    expect((await standing(order)).refunds).toMatchObject([{ status: "succeeded", fen: 1_000 }]);
  });

  test("that was ours, its answer lost on the way, is found again and not given twice", async () => {
    const order = await makePaid();
    const of = { kind: "amount", fen: 1_000 } as const;
    const { scope, parcelId } = order;
    const asked = await refundParcel(market.db, scope, { parcelId, of, clientKey: "form" });
    const refundId = asked.ok ? asked.refundId : "";
    await market.payments.stripe.refunds.create({
      charge: order.chargeId,
      amount: 1_000,
      metadata: { refund_id: refundId },
    });
    // Without the job of its own: the webhook alone must find it.
    await settleRefunds(market.db, market.payments.gateway, order);
    await refundPayment(market.db, market.payments.gateway, { refundId });
    await market.hear("charge.refunded", order.chargeId);
    expect((await booksOf(market.db))["stripe:clearing"]).toBe(5_780);
    expect((await standing(order)).refunds).toMatchObject([{ status: "succeeded", fen: 1_000 }]);
  });

  test("and asked of Stripe at the same time is never posted beyond what was paid", async () => {
    const order = await makePaid();
    const { scope, parcelId } = order;
    const of = { kind: "all" } as const;
    await refundParcel(market.db, scope, { parcelId, of, clientKey: "form" });
    // Asked, and nobody knows whether it arrived.
    const refund = async () => ({ ok: false, reason: "payments-unavailable" }) as const;
    const { payments } = market;
    const silent = { ...payments, gateway: { ...payments.gateway, refund } };
    await carryOutRefunds(market.db, silent, order.orderId);
    await market.payments.stripe.refunds.create({ charge: order.chargeId });
    expect(await settleRefunds(market.db, market.payments.gateway, order)).toEqual({
      ok: false,
      reason: "more-than-left",
    });
    await carryOutRefunds(market.db, market.payments, order.orderId);
    await market.hear("charge.refunded", order.chargeId);
    await settleRefunds(market.db, market.payments.gateway, order);
    expect(await booksOf(market.db)).toEqual({});
    expect((await standing(order)).refunds).toMatchObject([
      { status: "failed" },
      { status: "succeeded", reason: "by-hand" },
    ]);
  });

  test("of a payment put aside is posted part by part, and what is left waits in suspense", async () => {
    const { db, payments } = market;
    const listing = await makeListed(db);
    const order = await makeCheckout(db, payments, [{ listing, quantity: 2 }]);
    await sql`update orders set produce_fen = produce_fen - 100, total_fen = total_fen - 100
      where id = ${order.orderId}`.execute(db);
    await payments.pay(order.url);
    expect(await settlePayment(db, payments.gateway, order)).toMatchObject({
      outcome: "suspended",
    });
    const { data } = await payments.stripe.charges.list({ limit: 1 });
    const chargeId = data[0]?.id ?? "";
    const operator = operatorScope({ userId: "operator" });
    for (const [amount, leftFen] of [
      [100, 6_680],
      [2_680, 4_000],
      [4_000, 0],
    ] as const) {
      await payments.stripe.refunds.create({ charge: chargeId, amount });
      for (let turn = 0; turn < 2; turn++) {
        expect(await settleRefunds(db, payments.gateway, { chargeId })).toMatchObject({ ok: true });
      }
      expect(await booksOf(db)).toEqual(
        leftFen === 0 ? {} : { "stripe:clearing": leftFen, "suspense:payments": -leftFen },
      );
      const status = leftFen === 0 ? "refunded" : "suspense";
      expect((await standing(order)).payments).toEqual([{ status, fen: 6_780 }]);
      const { rows } = await readSuspense(db, operator, { limit: 9 });
      expect(rows.map((row) => row.leftFen)).toEqual(leftFen === 0 ? [] : [leftFen]);
      const view = await readOrder(db, order.buyer, order.number);
      expect(view?.isMoneyHeld).toBe(leftFen > 0);
    }
  });

  test("before its order is settled waits for it; a stranger's charge is left alone", async () => {
    const listing = await makeListed(market.db);
    const { db, payments } = market;
    const order = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
    await payments.pay(order.url);
    const { data } = await payments.stripe.charges.list({ limit: 1 });
    const chargeId = data[0]?.id ?? "";
    expect(await settleRefunds(db, payments.gateway, { chargeId })).toEqual({
      ok: false,
      reason: "unknown-payment",
    });
    const gateway = {
      ...payments.gateway,
      retrieveCharge: async () => {
        const charge = {
          id: "ch_x",
          paymentIntentId: "pi_x",
          orderId: null,
          paid: null,
          refunds: [],
        };
        return { ok: true as const, charge };
      },
    };
    expect(await settleRefunds(db, gateway, { chargeId: "ch_x" })).toMatchObject({
      outcome: "not-ours",
    });
  });

  test("of a stranger's charge is done with, however late the refund's own events come", async () => {
    const { db, payments } = market;
    const refund = { id: "re_x", status: "succeeded" as const, fen: 100, ourRefundId: null };
    const times = { createdAt: new Date(), failedAt: null };
    const refunds = [{ ...refund, ...times, failure: null, balanceTransactionId: null }];
    const charge = { id: "ch_x", paymentIntentId: "pi_x", orderId: null, paid: null, refunds };
    const retrieveCharge = async () => ({ ok: true as const, charge });
    const gateway = { ...payments.gateway, retrieveCharge };
    const object = { object: "refund", id: "re_x", charge: "ch_x" };
    for (const type of ["refund.created", "refund.updated"]) {
      const event = { id: `evt_${type}`, type, created: 1_790_000_000, data: { object } };
      const read = readEvent(event as unknown as Stripe.Event);
      if (!read) throw new Error(`${type} was not read`);
      await recordPaymentEvent(db, read.event);
      const { rows } = await sql<{ key: string }>`select key from graphile_worker.jobs`.execute(db);
      expect(rows).toContainEqual({ key: "settle-refunds:ch_x" });
      await settleRefundsJob({ db, payments: gateway }, { chargeId: "ch_x" });
      await sql`delete from graphile_worker._private_jobs`.execute(db);
    }
    const events = await db.selectFrom("stripe_events").select(["type", "outcome"]).execute();
    expect(events).toEqual([
      { type: "refund.created", outcome: "not-ours" },
      { type: "refund.updated", outcome: "not-ours" },
    ]);
  });
});
