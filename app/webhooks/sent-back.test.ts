import { beforeEach, describe, expect, test } from "vitest";
import { acceptParcel } from "#app/domain/parcels/accept-parcel.ts";
import { packParcel } from "#app/domain/parcels/pack-parcel.ts";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { cancelOrder } from "#app/domain/payments/cancel-order.ts";
import { refundPayment } from "#app/domain/payments/refund-payment.ts";
import { settleRefunds } from "#app/domain/payments/settle-refunds.ts";
import { makeCharged, SOLD } from "#tests/factories/charged-orders.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { carryOutRefunds } from "#tests/factories/payments.ts";
import { startReachableMarket } from "#tests/setup/webhooks.ts";

let market: Awaited<ReturnType<typeof startReachableMarket>>;
beforeEach(async () => {
  market = await startReachableMarket();
  await market.payments.control({ duplicate: 2, disorder: true });
  return () => market.close();
});

/** To this card a refund arrives, and the bank sends it back. */
const makePaid = () => makeCharged(market, "4000000000005126");
const standing = (order: { orderId: string }) => standingOf(market.db, order.orderId);

describe("a refund that the buyer's bank sent back", () => {
  test("is reversed and owed to her, with the bank's reason kept for the operator", async () => {
    const order = await makePaid();
    const given = { charge: order.chargeId, amount: 1_000 };
    const refund = await market.payments.stripe.refunds.create(given);
    await settleRefunds(market.db, market.payments.gateway, order);
    expect(await booksOf(market.db)).toMatchObject({ "stripe:clearing": 5_780 });
    await market.hear("refund.failed", refund.id);
    expect(await booksOf(market.db)).toEqual({
      ...SOLD,
      "relief:LS-000123": -4_682,
      "coop-fee:yanyuan": -298,
      "owed:yanyuan": -1_000,
    });
    const kept = await market.db.selectFrom("refunds").select(["status", "failure"]).execute();
    expect(kept).toEqual([{ status: "failed", failure: "expired_or_canceled_card" }]);
    // Whether something was given by hand before it failed or after, these tell.
    const found = await market.payments.gateway.retrieveCharge(order.chargeId);
    const [failed] = found.ok ? found.charge.refunds : [];
    expect(failed).toMatchObject({ createdAt: expect.any(Date), failedAt: expect.any(Date) });
    expect(failed?.failedAt?.getTime()).toBeGreaterThanOrEqual(failed?.createdAt.getTime() ?? 0);
  });

  test("puts the order where it was, once, to be refunded anew", async () => {
    const order = await makePaid();
    const { scope, parcelId, lineId } = order;
    await acceptParcel(market.db, scope, { parcelId });
    const of = { kind: "line", orderLineId: lineId } as const;
    const first = await refundParcel(market.db, scope, { parcelId, of, clientKey: "first" });
    await carryOutRefunds(market.db, market.payments, order.orderId);
    const { data } = await market.payments.stripe.refunds.list({ charge: order.chargeId });
    await market.hear("refund.failed", data[0]?.id ?? "");
    for (let turn = 0; turn < 2; turn++) {
      await refundPayment(market.db, market.payments.gateway, {
        refundId: first.ok ? first.refundId : "",
      });
      await settleRefunds(market.db, market.payments.gateway, order);
    }
    expect(await booksOf(market.db)).toEqual({
      "stripe:clearing": 6_780,
      "freight:yanyuan": -800,
      "owed:yanyuan": -5_980,
    });
    const written = await market.db
      .selectFrom("ledger_transactions")
      .select("kind")
      .orderBy("seq")
      .execute();
    expect(written.map(({ kind }) => kind)).toEqual(["sale", "refund", "reversal", "refund"]);
    expect(await standing(order)).toMatchObject({
      status: "packing",
      payments: [{ status: "succeeded" }],
      refunds: [{ status: "failed" }],
    });
    expect(await packParcel(market.db, scope, { parcelId })).toMatchObject({ ok: true });
    const again = await refundParcel(market.db, scope, { parcelId, of, clientKey: "second" });
    expect(again).toMatchObject({ ok: true, fen: 5_980 });
  });

  test("leaves an order cancelled that its buyer gave up, and tells her when she asks again", async () => {
    const order = await makePaid();
    const { db, payments } = market;
    const { buyer, number, chargeId } = order;
    const cancel = () => cancelOrder(db, payments.gateway, buyer, { number, withRefund: true });
    expect(await cancel()).toEqual({ ok: true, number, refundFen: 6_780 });
    await carryOutRefunds(db, payments, order.orderId);
    const { data } = await payments.stripe.refunds.list({ charge: chargeId });
    await market.hear("refund.failed", data[0]?.id ?? "");
    expect((await standing(order)).status).toBe("cancelled");
    expect(await cancel()).toEqual({ ok: false, reason: "refund-failed" });
  });
});
