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
import { readUnmatched } from "../operations/read-unmatched.ts";
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
const operator = operatorScope({ userId: "operator" });
const differences = async () => (await verifyLedger(market.db)).differences;

test("a dispute in another currency than the sale is never added to fen", async () => {
  const { db } = market;
  const before = await booksOf(db);
  await dispute("needs_response");
  const open = await readOpenDisputes(db, operator, { limit: 9 });
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

/** A payment of no order, CNY 30.00, kept; then looked at again with what its payer's bank did. */
async function keepDisputed(dispute: object) {
  const { db, payments } = market;
  const lost = await makeLostCharge(payments);
  await settleCharge(db, payments.gateway, lost);
  const before = await booksOf(db);
  const look = async (movements: object[]) => {
    const taken = { id: "dp_u", status: "lost", ...dispute, movements } as never;
    const listDisputes = async () => ({ ok: true as const, disputes: [taken] });
    await settleCharge(db, { ...payments.gateway, listDisputes }, lost);
  };
  return { before, look };
}
const line = (id: string, fen: number, feeFen = 0) => ({
  ...{ id, fen, feeFen, currency: "usd", movedAt: new Date() },
});

test("nor to a payment of no order", async () => {
  const { db } = market;
  const { before, look } = await keepDisputed({ fen: 950, currency: "usd" });
  await look([line("txn_u", -950, 15)]);
  expect(await booksOf(db)).toEqual({
    ...before,
    "stripe:clearing-usd": -965,
    "stripe-fee:disputes-usd": 15,
    "dispute-loss:market-usd": 950,
  });
  expect(await differences()).toEqual([]);
});

test("a bank that takes a payment of no order back leaves nothing to give back, in whatever Stripe settles it", async () => {
  const { db } = market;
  const { before, look } = await keepDisputed({ fen: 3_000, currency: "cny" });
  const left = async () => (await readUnmatched(db, operator, { limit: 9 })).rows;
  expect(await left()).toMatchObject([{ leftFen: 3_000 }]);
  const taken = line("txn_u", -420, 15);
  await look([taken]);
  await look([taken]);
  expect(await left()).toEqual([]);
  const { "suspense:payments": _aside, ...others } = before;
  expect(await booksOf(db)).toEqual({
    ...others,
    "stripe:clearing-usd": -435,
    "stripe-fee:disputes-usd": 15,
    "dispute:exchanged": -3_000,
    "dispute:exchanged-usd": 420,
  });
  expect(await differences()).toEqual([]);
  await look([taken, line("txn_v", 431)]);
  expect(await left()).toMatchObject([{ leftFen: 3_000 }]);
  expect(await booksOf(db)).toMatchObject({ "suspense:payments": -3_000 });
  expect(await differences()).toEqual([]);
});
