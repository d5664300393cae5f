import type Stripe from "stripe";
import { beforeEach, describe, expect, test } from "vitest";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { acceptParcel } from "#app/domain/parcels/accept-parcel.ts";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { refundPayment } from "#app/domain/payments/refund-payment.ts";
import { settleDispute } from "#app/domain/payments/settle-dispute.ts";
import { settleRefunds } from "#app/domain/payments/settle-refunds.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { carryOutRefunds, makeCheckout, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { startReachableMarket } from "#tests/setup/webhooks.ts";

let market: Awaited<ReturnType<typeof startReachableMarket>>;
beforeEach(async () => {
  market = await startReachableMarket();
  await market.payments.control({ duplicate: 2, disorder: true });
  return () => market.close();
});

const DISPUTED = "4000000000000259";
const SOLD = {
  "stripe:clearing": 6_780,
  "relief:LS-000123": -5_622,
  "coop-fee:yanyuan": -358,
  "freight:yanyuan": -800,
};

async function makeListed() {
  const cooperative = await makeCooperative(market.db, { slug: "yanyuan" });
  const household = await makeHousehold(market.db, { cooperative, reliefCode: "LS-000123" });
  return makeListing(market.db, { lots: [{ household, quantity: 5 }] });
}

/** Two boxes paid, and the charge that paid them. */
async function makePaid(card?: string) {
  const items = [{ listing: await makeListed(), quantity: 2 }];
  const order = await makePaidCheckout(market.db, market.payments, items, card);
  const { data } = await market.payments.stripe.charges.list({ limit: 1 });
  const [line] = order.lines;
  if (!line || !data[0]) throw new Error("no line, no charge");
  return { ...order, ...line, chargeId: data[0].id };
}
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

  test("and asked of us at the same time is never posted beyond what was paid", async () => {
    const order = await makePaid();
    const { scope, parcelId } = order;
    const of = { kind: "all" } as const;
    await refundParcel(market.db, scope, { parcelId, of, clientKey: "form" });
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

  test("before its order is settled waits for it; a stranger's charge is left alone", async () => {
    const listing = await makeListed();
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
        const charge = { id: "ch_x", paymentIntentId: "pi_x", orderId: null, refunds: [] };
        return { ok: true as const, charge };
      },
    };
    expect(await settleRefunds(db, gateway, { chargeId: "ch_x" })).toMatchObject({
      outcome: "not-ours",
    });
  });
});

describe("a payment that the buyer's bank disputes", () => {
  async function makeDisputed() {
    const order = await makePaid(DISPUTED);
    const { data } = await market.payments.stripe.disputes.list({ limit: 1 });
    const { id: disputeId } = data[0] as Stripe.Dispute;
    return { ...order, disputeId };
  }
  const accept = ({ scope, parcelId }: Awaited<ReturnType<typeof makePaid>>) =>
    acceptParcel(market.db, scope, { parcelId });

  test("stops the parcel; what was withdrawn and its fee stand in the books, once", async () => {
    const order = await makeDisputed();
    await market.hear("charge.dispute.created", order.disputeId);
    // Heard by webhook alone; asking again changes nothing.
    expect((await standing(order)).status).toBe("disputed");
    await settleDispute(market.db, market.payments.gateway, order);
    expect(await booksOf(market.db)).toEqual({
      ...SOLD,
      "stripe:clearing": -10_000,
      "dispute:withdrawn": 6_780,
      "stripe-fee:disputes": 10_000,
    });
    expect(await standing(order)).toMatchObject({
      status: "disputed",
      payments: [{ status: "disputed" }],
    });
    expect(await accept(order)).toEqual({ ok: false, reason: "order-stopped" });
    const { scope, parcelId } = order;
    const asked = { parcelId, of: { kind: "all" }, clientKey: "form" } as const;
    expect(await refundParcel(market.db, scope, asked)).toEqual({
      ok: false,
      reason: "payment-disputed",
    });
    const view = await readOrder(market.db, order.buyer, order.number);
    expect(view?.status).toBe("disputed");
  });

  test("won: money and fee are back, and the parcel goes on", async () => {
    const order = await makeDisputed();
    await market.hear("charge.dispute.created", order.disputeId);
    await market.payments.closeDispute(order.disputeId, "won");
    await market.hear("charge.dispute.closed", order.disputeId);
    expect((await standing(order)).status).toBe("paid");
    await settleDispute(market.db, market.payments.gateway, order);
    expect(await booksOf(market.db)).toEqual(SOLD);
    expect(await standing(order)).toMatchObject({
      status: "paid",
      payments: [{ status: "succeeded" }],
    });
    expect(await accept(order)).toMatchObject({ ok: true });
  });

  test("lost, and heard of only then: the loss is the market's, the household keeps its money", async () => {
    const order = await makeDisputed();
    await accept(order);
    await market.payments.closeDispute(order.disputeId, "lost");
    await market.hear("charge.dispute.closed", order.disputeId);
    expect((await standing(order)).status).toBe("refunded");
    await settleDispute(market.db, market.payments.gateway, order);
    expect(await booksOf(market.db)).toEqual({
      ...SOLD,
      "stripe:clearing": -10_000,
      "stripe-fee:disputes": 10_000,
      "dispute-loss:market": 6_780,
    });
    expect((await standing(order)).status).toBe("refunded");
    expect(await accept(order)).toMatchObject({ ok: true, isNew: false });
  });
});
