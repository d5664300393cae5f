import { beforeEach, expect, test } from "vitest";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { acceptParcel } from "../parcels/accept-parcel.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";

let market: PayingMarket;
let order: Awaited<ReturnType<typeof makeCharged>>;

/** An order of CNY 67.80. */
beforeEach(async () => {
  market = await openPayingMarket();
  order = await makeCharged(market);
  return () => market.drop();
});

/** All of it, in CNY, as the payment; Stripe's account settles in US dollars. */
const dispute = (status: "needs_response" | "won" | "lost") =>
  settleDisputed(market.db, market.payments, {
    ...{ orderId: order.orderId, id: "dp_e", fen: 6_780, currency: "cny", status, feeFen: 1_500 },
    taken: { fen: 940, currency: "usd" },
  });
const differences = async () => (await verifyLedger(market.db)).differences;
const FEE = { "stripe-fee:disputes-usd": 1_500 };

test("a dispute that Stripe settles in another currency is of its own amount, not of the line's", async () => {
  const { db } = market;
  await dispute("needs_response");
  expect(await booksOf(db)).toMatchObject({
    ...FEE,
    "stripe:clearing": 6_780,
    "stripe:clearing-usd": -940 - 1_500,
    "dispute:withdrawn": 6_780,
    "dispute:exchanged": -6_780,
    "dispute:exchanged-usd": 940,
  });
  expect(await differences()).toEqual([]);
  await dispute("lost");
  await dispute("lost");
  const payments = [{ status: "refunded", fen: 6_780 }];
  expect(await standingOf(db, order.orderId)).toMatchObject({ status: "refunded", payments });
  const asked = { parcelId: order.parcelId };
  expect(await acceptParcel(db, order.scope, asked)).toMatchObject({ ok: false });
  const of = { kind: "amount", fen: 100 } as const;
  expect(await refundParcel(db, order.scope, { ...asked, of, clientKey: "again" })).toMatchObject({
    ok: false,
  });
  expect(await differences()).toEqual([]);
});

test("and stands again when the bank gives it back", async () => {
  const { db } = market;
  const before = await booksOf(db);
  await dispute("needs_response");
  await dispute("won");
  expect(await booksOf(db)).toEqual({ ...before, ...FEE, "stripe:clearing-usd": -1_500 });
  const payments = [{ status: "succeeded" }];
  expect(await standingOf(db, order.orderId)).toMatchObject({ status: "paid", payments });
  expect(await differences()).toEqual([]);
});
