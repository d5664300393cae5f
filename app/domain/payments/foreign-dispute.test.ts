import { beforeEach, expect, test } from "vitest";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { payAgain } from "#tests/factories/second-payments.ts";
import { makeLostCharge } from "#tests/factories/unmatched.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { readOpenDisputes } from "../operations/read-open-disputes.ts";
import { settleCharge } from "./settle-charge.ts";

let market: PayingMarket;
let order: Awaited<ReturnType<typeof makeCharged>>;

/** An order of CNY 67.80. */
beforeEach(async () => {
  market = await openPayingMarket();
  order = await makeCharged(market);
  return () => market.drop();
});

/** A bank has 9.50 US dollars of it. */
const dispute = (status: "needs_response" | "won" | "lost", paymentIntentId?: string) =>
  settleDisputed(market.db, market.payments, {
    ...{ orderId: order.orderId, id: "dp_u", fen: 950, currency: "usd", status },
    ...(paymentIntentId && { paymentIntentId }),
  });
const differences = async () => (await verifyLedger(market.db)).differences;

test("a dispute in another currency than the sale is never added to fen", async () => {
  const { db } = market;
  const before = await booksOf(db);
  await dispute("needs_response");
  const open = await readOpenDisputes(db, operatorScope({ userId: "operator" }), { limit: 9 });
  expect(open.rows).toMatchObject([{ fen: 950, currency: "usd" }]);
  expect(await differences()).toEqual([]);
  await dispute("lost");
  await dispute("lost");
  expect(await booksOf(db)).toEqual({
    ...before,
    "stripe:clearing-usd": -950,
    "dispute-loss:market-usd": 950,
  });
  const payments = [{ status: "succeeded", fen: 6_780 }];
  expect(await standingOf(db, order.orderId)).toMatchObject({ status: "paid", payments });
  expect(await differences()).toEqual([]);
  await dispute("won");
  expect(await booksOf(db)).toEqual(before);
  expect(await differences()).toEqual([]);
});

test("nor to what was put aside", async () => {
  const { db, payments } = market;
  const second = await payAgain(db, payments, order);
  const before = await booksOf(db);
  await dispute("lost", second.paymentIntentId);
  expect(await booksOf(db)).toEqual({
    ...before,
    "stripe:clearing-usd": -950,
    "dispute-loss:market-usd": 950,
  });
  expect(await differences()).toEqual([]);
});

test("nor to a payment of no order", async () => {
  const { db, payments } = market;
  const lost = await makeLostCharge(payments);
  const moved = { id: "txn_u", fen: -950, feeFen: 15, currency: "usd", movedAt: new Date() };
  const taken = { id: "dp_u", fen: 950, status: "lost", currency: "usd", movements: [moved] };
  const gateway = {
    ...payments.gateway,
    listDisputes: async () => ({ ok: true as const, disputes: [taken as never] }),
  };
  await settleCharge(db, payments.gateway, lost);
  const before = await booksOf(db);
  await settleCharge(db, gateway, lost);
  expect(await booksOf(db)).toEqual({
    ...before,
    "stripe:clearing-usd": -965,
    "stripe-fee:disputes-usd": 15,
    "dispute-loss:market-usd": 950,
  });
  expect(await differences()).toEqual([]);
});
