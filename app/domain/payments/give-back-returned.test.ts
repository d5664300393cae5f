import { beforeEach, describe, expect, test } from "vitest";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { carryOutRefunds, changingRefunds } from "#tests/factories/payments.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { cancelOrder } from "./cancel-order.ts";
import { settleRefunds } from "./settle-refunds.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return () => market.drop();
});

type Order = Awaited<ReturnType<typeof makeCharged>>;
const refundsOf = async ({ orderId }: Order) =>
  (await standingOf(market.db, orderId)).refunds.map(({ fen, status }) => ({ fen, status }));
const hear = ({ orderId }: Order, status: "lost" | "won") =>
  settleDisputed(market.db, market.payments, { orderId, fen: 500, status, id: "dp_1" });

/** Stripe, after her bank has sent back all that was given. */
const sendingBack = (gateway: PaymentGateway) =>
  changingRefunds(gateway, () => ({ status: "failed", failure: "declined", failedAt: new Date() }));

describe("a cancelled order's refund that her bank sent back, and a dispute that was won", () => {
  async function tell(heardFirst: "the verdict" | "the failure") {
    const { db, payments } = market;
    const order = await makeCharged(market);
    const { gateway } = payments;
    await cancelOrder(db, gateway, order.buyer, { number: order.number, withRefund: true });
    await carryOutRefunds(db, payments, order.orderId);
    if (heardFirst === "the verdict") await hear(order, "won");
    await settleRefunds(db, sendingBack(gateway), { chargeId: order.chargeId });
    expect(await refundsOf(order)).toEqual([{ fen: 6_780, status: "failed" }]);
    if (heardFirst === "the failure") await hear(order, "won");
    return order;
  }

  test.each(["the verdict", "the failure"] as const)(
    "leave it owed to her, once, when %s is heard of first",
    async (first) => {
      const order = await tell(first);
      expect(await refundsOf(order)).toEqual([{ fen: 6_780, status: "failed" }]);
      expect(await booksOf(market.db)).toEqual({
        "stripe:clearing": 6_780,
        "owed:yanyuan": -6_780,
      });
    },
  );
});

test("what Stripe would not take because of a lost dispute is asked for again once that is won", async () => {
  const { db, payments } = market;
  const order = await makeCharged(market);
  const { scope, parcelId, orderId } = order;
  const of = { kind: "amount", fen: 700 } as const;
  await hear(order, "lost");
  const clientKey = "0198a000-0000-7000-8000-000000000001";
  expect(await refundParcel(db, scope, { parcelId, of, clientKey })).toMatchObject({ ok: true });
  const refund = async () =>
    ({ ok: false, reason: "refund-refused", code: "charge_disputed" }) as const;
  const disputed = { ...payments, gateway: { ...payments.gateway, refund } };
  await carryOutRefunds(db, disputed, orderId);
  expect(await refundsOf(order)).toEqual([{ fen: 700, status: "failed" }]);
  expect(await booksOf(db)).toMatchObject({ "owed:yanyuan": -700 });

  await hear(order, "won");
  await carryOutRefunds(db, payments, orderId);
  await hear(order, "won");
  const given = { fen: 700, status: "succeeded" };
  expect(await refundsOf(order)).toEqual([{ fen: 700, status: "failed" }, given]);
  expect(await booksOf(db)).not.toHaveProperty("owed:yanyuan");
  expect(await booksOf(db)).toMatchObject({ "stripe:clearing": 6_080 });
});
