import { beforeEach, describe, expect, test } from "vitest";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { booksOf, standingOf, stockOf } from "#tests/factories/look.ts";
import { carryOutRefunds } from "#tests/factories/payments.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { readOpenDisputes } from "../operations/read-open-disputes.ts";
import { acceptParcel } from "../parcels/accept-parcel.ts";
import { readParcel } from "../parcels/read-parcel.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";

let market: PayingMarket;
let order: Awaited<ReturnType<typeof makeCharged>>;
beforeEach(async () => {
  market = await openPayingMarket();
  order = await makeCharged(market);
  return () => market.drop();
});

type Status = Parameters<typeof settleDisputed>[2]["status"];
const hear = (status: Status, id = "dp_1") =>
  settleDisputed(market.db, market.payments, { orderId: order.orderId, fen: 6_780, status, id });
const giveAllBack = () => {
  const { scope, parcelId } = order;
  const asked = { parcelId, of: { kind: "all" }, clientKey: "all" } as const;
  return refundParcel(market.db, scope, asked);
};
const isAtBank = async () => (await readParcel(market.db, order.scope, order.parcelId))?.isAtBank;

describe("a bank that only asks about a payment", () => {
  test("has taken nothing: giving all of it back is possible, and ends it", async () => {
    const { db, payments } = market;
    await hear("warning_needs_response");
    expect(await isAtBank()).toBe(false);
    const open = await readOpenDisputes(db, operatorScope({ userId: "operator" }), { limit: 9 });
    expect(open.rows).toMatchObject([{ state: "asked", isInquiry: true }]);
    // Nothing is sent while it asks.
    const accepted = await acceptParcel(db, order.scope, { parcelId: order.parcelId });
    expect(accepted).toEqual({ ok: false, reason: "order-stopped" });

    expect(await giveAllBack()).toMatchObject({ ok: true, fen: 6_780 });
    await carryOutRefunds(db, payments, order.orderId);
    expect(await standingOf(db, order.orderId)).toMatchObject({
      status: "disputed",
      refunds: [{ status: "succeeded" }],
    });
    await hear("warning_closed");
    expect(await standingOf(db, order.orderId)).toMatchObject({
      status: "refunded",
      payments: [{ status: "refunded" }],
    });
    expect(await booksOf(db)).toEqual({});
    expect(await stockOf(db, order.listing.lotIds)).toEqual({ available: 5, held: 0, sold: 0 });
    expect((await verifyLedger(db)).differences).toEqual([]);
  });

  test("and then takes the money: from then on nothing can be given back beside it", async () => {
    await hear("warning_needs_response");
    await hear("needs_response");
    expect(await isAtBank()).toBe(true);
    expect(await giveAllBack()).toEqual({ ok: false, reason: "payment-disputed" });
  });

  test("beside another that has taken the money changes nothing about that", async () => {
    await hear("needs_response", "dp_a");
    await hear("warning_needs_response", "dp_b");
    expect(await giveAllBack()).toEqual({ ok: false, reason: "payment-disputed" });
  });
});
