import { beforeEach, describe, expect, test } from "vitest";
import { acceptParcel } from "#app/domain/parcels/accept-parcel.ts";
import { packParcel } from "#app/domain/parcels/pack-parcel.ts";
import { shipParcel } from "#app/domain/parcels/ship-parcel.ts";
import { makeCharged, SOLD } from "#tests/factories/charged-orders.ts";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { booksOf, standingOf, stockOf } from "#tests/factories/look.ts";
import { carryOutRefunds, makePaidCheckout } from "#tests/factories/payments.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { confirmReceipt } from "../parcels/confirm-receipt.ts";
import { cancelOrder } from "./cancel-order.ts";
import { refundPayment } from "./refund-payment.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return () => market.drop();
});

type Order = Awaited<ReturnType<typeof makeCharged>>;
type Status = Parameters<typeof settleDisputed>[2]["status"];

const dispute = (order: Order, status: Status, fen = 6_780) =>
  settleDisputed(market.db, market.payments, { orderId: order.orderId, fen, status, id: "dp_1" });
const statusOf = async (order: Order) => (await standingOf(market.db, order.orderId)).status;
async function ship(order: Order) {
  const { scope, parcelId } = order;
  await acceptParcel(market.db, scope, { parcelId });
  await packParcel(market.db, scope, { parcelId });
  const sent = { parcelId, carrier: "sf", trackingNumber: "SF1234567890" } as const;
  expect(await shipParcel(market.db, scope, sent)).toMatchObject({ ok: true });
}

describe("a dispute that is opened again", () => {
  test.each([["warning_closed"], ["won"]] as const)(
    "after %s stops the order once more",
    async (seen) => {
      const order = await makeCharged(market);
      await dispute(order, seen);
      expect(await statusOf(order)).toBe("paid");
      await dispute(order, "needs_response");
      await dispute(order, "needs_response");
      expect(await statusOf(order)).toBe("disputed");
      const { scope, parcelId } = order;
      expect(await acceptParcel(market.db, scope, { parcelId })).toMatchObject({
        reason: "order-stopped",
      });
    },
  );

  test("after it was lost leaves the money with nobody until it is decided", async () => {
    const order = await makeCharged(market);
    await dispute(order, "lost");
    expect(await statusOf(order)).toBe("refunded");
    await dispute(order, "appeal_under_review");
    expect(await statusOf(order)).toBe("disputed");
    expect(await booksOf(market.db)).toEqual({
      "dispute:withdrawn": 6_780,
      "dispute-loss:market": -6_780,
    });
    await dispute(order, "lost");
    expect(await statusOf(order)).toBe("refunded");
    expect(await booksOf(market.db)).toEqual({});
  });
});

describe("a dispute lost and then won", () => {
  test("of goods that had left: the loss is taken back, as often as the bank turns", async () => {
    const order = await makeCharged(market);
    await ship(order);
    await dispute(order, "lost");
    expect(await statusOf(order)).toBe("refunded");
    for (let turn = 0; turn < 2; turn++) {
      await dispute(order, "appeal_under_review");
      await dispute(order, "lost");
      expect(await booksOf(market.db)).toMatchObject({ "dispute-loss:market": 6_780 });
    }
    await dispute(order, "won");
    await dispute(order, "won");
    expect(await statusOf(order)).toBe("shipped");
    expect(await booksOf(market.db)).toEqual(SOLD);
  });

  test("of goods on sale again: the buyer is given the money, and the next sale is paid once", async () => {
    const order = await makeCharged(market);
    await dispute(order, "lost");
    await dispute(order, "won");
    expect(await standingOf(market.db, order.orderId)).toMatchObject({
      status: "cancelled",
      refunds: [{ fen: 6_780, status: "requested" }],
    });
    await carryOutRefunds(market.db, market.payments, order.orderId);
    expect(await statusOf(order)).toBe("refunded");
    expect(await booksOf(market.db)).toEqual({});
    expect(await stockOf(market.db, order.listing.lotIds)).toMatchObject({ available: 5, sold: 0 });
    await dispute(order, "won");
    expect((await standingOf(market.db, order.orderId)).refunds).toHaveLength(1);
    await makePaidCheckout(market.db, market.payments, [{ listing: order.listing, quantity: 2 }]);
    expect(await booksOf(market.db)).toEqual(SOLD);
  });

  test("of goods on sale again: the money is given once, also when Stripe's answer was lost", async () => {
    const order = await makeCharged(market);
    const { gateway, stripe, clock } = market.payments;
    await dispute(order, "lost");
    await dispute(order, "won");
    const refund: typeof gateway.refund = async (asked) => {
      await gateway.refund(asked);
      return { ok: false, reason: "payments-unavailable" };
    };
    const losing = { ...market.payments, gateway: { ...gateway, refund } };
    await carryOutRefunds(market.db, losing, order.orderId);
    await dispute(order, "won");
    // Later than Stripe remembers any key.
    clock.aheadMs += 25 * 60 * 60_000;
    await carryOutRefunds(market.db, market.payments, order.orderId);
    expect((await stripe.refunds.list({})).data.map(({ amount }) => amount)).toEqual([6_780]);
    expect((await standingOf(market.db, order.orderId)).refunds).toMatchObject([
      { status: "succeeded", fen: 6_780 },
    ]);
    expect(await booksOf(market.db)).toEqual({});
  });
});

test("a dispute that was prevented is not open", async () => {
  const order = await makeCharged(market);
  await dispute(order, "prevented");
  expect(await standingOf(market.db, order.orderId)).toMatchObject({
    status: "paid",
    payments: [{ status: "succeeded" }],
  });
});

test("a completed order is completed still when its dispute is won", async () => {
  const order = await makeCharged(market);
  await ship(order);
  const { buyer, number } = order;
  expect(await confirmReceipt(market.db, buyer, { number })).toMatchObject({ status: "completed" });
  await dispute(order, "needs_response");
  await dispute(order, "won");
  expect(await statusOf(order)).toBe("completed");
});

test("a refund that Stripe refused for an open dispute is asked for again once it is won", async () => {
  const order = await makeCharged(market);
  const { gateway } = market.payments;
  await cancelOrder(market.db, gateway, order.buyer, { number: order.number, withRefund: true });
  const refund = async () =>
    ({ ok: false, reason: "refund-refused", code: "charge_disputed" }) as const;
  await dispute(order, "needs_response");
  const { refunds } = await standingOf(market.db, order.orderId);
  const refundId = refunds[0]?.id ?? "";
  const refused = await refundPayment(market.db, { ...gateway, refund }, { refundId });
  expect(refused).toMatchObject({ ok: true, status: "requested" });
  const due = () =>
    market.db.selectFrom("refunds").select("try_again_at").where("id", "=", refundId).execute();
  expect(await due()).not.toEqual([{ try_again_at: null }]);
  await dispute(order, "won");
  expect(await due()).toEqual([{ try_again_at: null }]);
  await carryOutRefunds(market.db, market.payments, order.orderId);
  expect(await booksOf(market.db)).toEqual({});
  expect(await statusOf(order)).toBe("refunded");
});
