import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import { makeCharged, SOLD } from "#tests/factories/charged-orders.ts";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { foundIn } from "#tests/factories/forge.ts";
import { booksOf } from "#tests/factories/look.ts";
import { carryOutRefunds, refusingForGood } from "#tests/factories/payments.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { payAgain } from "#tests/factories/second-payments.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { readSuspense } from "../operations/read-suspense.ts";
import { bookTransfer } from "./book-transfer.ts";
import { planTransfer } from "./plan-transfer.ts";
import { settleRefunds } from "./settle-refunds.ts";
import { takeBackTransfer } from "./take-back-transfer.ts";

const operator = operatorScope({ userId: "operator" });
let market: PayingMarket;
let order: Awaited<ReturnType<typeof makeCharged>>;
let second: Awaited<ReturnType<typeof payAgain>>;

/** An order of CNY 67.80, paid twice. */
beforeEach(async () => {
  market = await openPayingMarket();
  order = await makeCharged(market);
  second = await payAgain(market.db, market.payments, order);
  return () => market.drop();
});

const dispute = (status: "needs_response" | "won" | "lost", fen = 6_780, id = "dp_2") =>
  settleDisputed(market.db, market.payments, {
    ...{ orderId: order.orderId, paymentIntentId: second.paymentIntentId, fen, status, id },
  });
const refund = (payments = market.payments) => carryOutRefunds(market.db, payments, order.orderId);

async function transfer(fen: number): Promise<string> {
  const { db } = market;
  const owedFor = { paymentId: second.id };
  const planned = await planTransfer(db, operator, { owedFor, fen });
  const seen = planned?.plan?.mark ?? "";
  const of = { owedFor, fen, seen, paidOn: shanghaiDay(new Date()), clientKey: uuidv7() };
  const booked = await bookTransfer(db, operator, { ...of, reference: "ICBC-1" });
  expect(booked).toMatchObject({ ok: true });
  const { id } = await db
    .selectFrom("refunds")
    .select("id")
    .where("bank_reference", "is not", null)
    .executeTakeFirstOrThrow();
  return id;
}

/** What is put aside, what the market lost, and what the operator reads as put aside. */
async function stands() {
  const books = await booksOf(market.db);
  const { rows } = await readSuspense(market.db, operator, { limit: 9 });
  expect((await verifyLedger(market.db)).differences).toEqual([]);
  return {
    aside: 0 - (books["suspense:payments"] ?? 0),
    lost: books["dispute-loss:market"] ?? 0,
    read: rows.reduce((sum, { leftFen }) => sum + leftFen, 0),
  };
}

describe("a dispute of a payment that was put aside", () => {
  test("lost after it was refunded is the market's loss, and hides nobody else's money", async () => {
    await refund();
    await dispute("needs_response");
    await dispute("lost");
    await dispute("lost");
    expect(await stands()).toEqual({ aside: 0, lost: 6_780, read: 0 });
    const { "stripe:clearing": _gone, ...sold } = SOLD;
    expect(await booksOf(market.db)).toEqual({ ...sold, "dispute-loss:market": 6_780 });
    // Nor is it a loss of the order's own sale, which nothing may pay for.
    await dispute("won");
    expect(await stands()).toEqual({ aside: 0, lost: 0, read: 0 });
    expect(await booksOf(market.db)).toEqual(SOLD);
  });

  test("clears what a refund has left of it, and is a loss beyond that", async () => {
    await refund(refusingForGood(market.payments));
    const transferId = await transfer(3_000);
    await dispute("lost");
    expect(await stands()).toEqual({ aside: 0, lost: 3_000, read: 0 });
    const back = { refundId: transferId, fault: "transfer-returned" } as const;
    expect(await takeBackTransfer(market.db, operator, back)).toMatchObject({ ok: true });
    expect(await stands()).toEqual({ aside: 0, lost: 0, read: 0 });
    await dispute("won");
    expect(await stands()).toEqual({ aside: 6_780, lost: 0, read: 6_780 });
  });

  test("lost in two parts takes what is left of it once", async () => {
    await refund(refusingForGood(market.payments));
    await transfer(3_000);
    await dispute("lost", 2_000, "dp_2");
    expect(await stands()).toEqual({ aside: 1_780, lost: 0, read: 1_780 });
    await dispute("lost", 2_000, "dp_3");
    expect(await stands()).toEqual({ aside: 0, lost: 220, read: 0 });
    await dispute("won", 2_000, "dp_2");
    expect(await stands()).toEqual({ aside: 1_780, lost: 0, read: 1_780 });
  });

  test("lost before a refund failed that had been posted leaves what is still put aside", async () => {
    await refund();
    await dispute("lost", 3_000);
    expect(await stands()).toEqual({ aside: 0, lost: 3_000, read: 0 });
    const { db, payments } = market;
    const { charge } = await payments.gateway.retrieveCharge(second.chargeId).then((found) => {
      if (!found.ok) throw new Error(found.reason);
      return found;
    });
    const refunds = charge.refunds.map((each) => ({ ...each, status: "failed" as const }));
    const failing = async () => ({ ok: true as const, charge: { ...charge, refunds } });
    const gateway = { ...payments.gateway, retrieveCharge: failing };
    expect(await settleRefunds(db, gateway, { chargeId: second.chargeId })).toMatchObject({
      ok: true,
    });
    expect(await stands()).toEqual({ aside: 3_780, lost: 0, read: 3_780 });
  });

  test("is named where the books hold its loss against what is not there any more", async () => {
    await refund();
    await dispute("lost");
    const wrong = sql`
      update postings set account_id = (select id from ledger_accounts
        where code = 'suspense:payments')
      where account_id = (select id from ledger_accounts where code = 'dispute-loss:market')`;
    expect(await foundIn(market.db, [wrong])).toEqual([
      { kind: "payment-differs", paymentId: second.id },
    ]);
  });
});
