import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { foundIn } from "#tests/factories/forge.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import {
  carryOutRefunds,
  makeCheckout,
  makePaidCheckout,
  refusingForGood,
} from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { payAgain } from "#tests/factories/second-payments.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { readOwedBuyers } from "../operations/read-owed-buyers.ts";
import { readSuspense } from "../operations/read-suspense.ts";
import { readTroubledRefunds } from "../operations/read-troubled-refunds.ts";
import { readOrder } from "../orders/read-order.ts";
import { reconcile } from "../reconcile/reconcile.ts";
import { bookTransfer } from "./book-transfer.ts";
import { planTransfer } from "./plan-transfer.ts";
import { settlePayment } from "./settle-payment.ts";
import { settleRefunds } from "./settle-refunds.ts";

const HOURS_MS = 60 * 60_000;
const TODAY = shanghaiDay(new Date());
const operator = operatorScope({ userId: "operator" });
let market: TestDatabase & { payments: TestPayments };
beforeAll(async () => {
  const payments = await startTestPayments();
  market = { ...(await createTestDatabase()), payments };
});
afterAll(async () => {
  await market.payments.close();
  await market.drop();
});

type Made = Awaited<ReturnType<typeof makeCheckout>>;
let order: Made;
let paymentId: string;

const asideOf = async ({ orderId }: Made) =>
  (
    await market.db
      .selectFrom("payments")
      .innerJoin("ledger_transactions as t", (join) =>
        join.on("t.idempotency_key", "=", sql<string>`'suspense:' || payments.id`),
      )
      .select("payments.id")
      .where("order_id", "=", orderId)
      .executeTakeFirstOrThrow()
  ).id;

/** A paid order that was paid a second time, CNY 67.80 each, and Stripe gives nothing back. */
beforeEach(async () => {
  const { db, payments } = market;
  const listing = await makeListing(db);
  order = await makePaidCheckout(db, payments, [{ listing, quantity: 2 }]);
  paymentId = (await payAgain(db, payments, order)).id;
  await carryOutRefunds(db, refusingForGood(payments), order.orderId);
});

type Asked = Partial<Parameters<typeof bookTransfer>[2]>;
async function book(asked: Asked = {}) {
  const owedFor = asked.owedFor ?? { paymentId };
  const fen = asked.fen ?? order.totalFen;
  const planned = await planTransfer(market.db, operator, { owedFor, fen });
  return bookTransfer(market.db, operator, {
    ...{ owedFor, fen, paidOn: TODAY, reference: "ICBC-1", clientKey: uuidv7() },
    seen: planned?.plan?.mark ?? "none",
    ...asked,
  });
}

const waiting = async () => {
  const { rows } = await readSuspense(market.db, operator, { limit: 99 });
  return rows.filter(({ id }) => id === paymentId).map(({ leftFen }) => leftFen);
};

describe("a payment put aside that Stripe cannot give back", () => {
  test("is given back by bank transfer, out of suspense, and its order goes on", async () => {
    const { db, payments } = market;
    const { number, orderId, totalFen } = order;
    const before = await booksOf(db);
    expect(await waiting()).toEqual([totalFen]);
    const shown = await planTransfer(db, operator, { owedFor: { paymentId }, fen: totalFen });
    expect(shown).toMatchObject({
      owed: { orderNumber: number, owedFen: totalFen, currency: "cny", isDisputed: false },
      plan: {
        postings: [
          { account: "suspense:payments", fen: totalFen },
          { account: "bank:market", fen: -totalFen },
        ],
      },
    });

    expect(await book()).toEqual({ ok: true, fen: totalFen, isNew: true });

    const after = await booksOf(db);
    expect(after["bank:market"]).toBe((before["bank:market"] ?? 0) - totalFen);
    expect(after["suspense:payments"] ?? 0).toBe((before["suspense:payments"] ?? 0) + totalFen);
    expect(after["stripe:clearing"]).toBe(before["stripe:clearing"]);
    expect(await waiting()).toEqual([]);
    expect(await standingOf(db, orderId)).toMatchObject({
      status: "paid",
      payments: [{ status: "succeeded" }, { status: "refunded" }],
      refunds: [{ status: "failed" }, { status: "succeeded", reason: "by-transfer" }],
    });
    const { rows } = await readTroubledRefunds(db, operator, { limit: 99 });
    expect(rows.map((row) => row.orderNumber)).not.toContain(number);
    expect((await verifyLedger(db)).differences).toEqual([]);
    const now = new Date(Date.now() + 3 * HOURS_MS);
    expect(await reconcile(db, payments.gateway, { now })).toMatchObject({ differenceCount: 0 });
  });

  test("may go back in parts, and its payer reads what has yet to come", async () => {
    const { db } = market;
    const seen = async () => readOrder(db, order.buyer, order.number);
    expect(await seen()).toMatchObject({ stillOwedFen: order.totalFen, transfers: [] });
    expect(await book({ fen: 6_000 })).toMatchObject({ ok: true });
    expect(await waiting()).toEqual([780]);
    const [made] = (await readOwedBuyers(db, operator, { limit: 1 })).transfers;
    expect(made).toMatchObject({ orderNumber: order.number, fen: 6_000, owedFen: 780 });
    expect(await seen()).toMatchObject({
      stillOwedFen: 780,
      keptFen: 0,
      transfers: [{ fen: 6_000 }],
    });
    const told = db.selectFrom("messages").select("params").orderBy("id", "desc").limit(1);
    expect((await told.executeTakeFirstOrThrow()).params).toMatchObject({ restFen: 780 });
    expect(await book({ fen: 780 })).toMatchObject({ reason: "reference-used" });
    expect(await book({ fen: 780, reference: "ICBC-2" })).toMatchObject({ ok: true });
    expect(await seen()).toMatchObject({ stillOwedFen: 0 });
    expect((await verifyLedger(db)).differences).toEqual([]);
  });

  test("is given back once by two operators at once, and once by one who taps twice", async () => {
    const { db } = market;
    const row = sql`select from orders where id = ${order.orderId} for update`;
    const planned = await planTransfer(db, operator, { owedFor: { paymentId }, fen: 1_000 });
    const sent = { fen: 1_000, seen: planned?.plan?.mark };
    const clientKey = uuidv7();
    const answers = await raceBehind(db, row, 3, [
      () => book({ ...sent, clientKey }),
      () => book({ ...sent, clientKey }),
      () => book({ ...sent, reference: "ICBC-2" }),
    ]);
    expect(answers.filter((each) => each.ok && each.isNew)).toHaveLength(1);
    expect(answers.filter((each) => !each.ok)).not.toEqual([]);
    expect(await waiting()).toEqual([5_780]);
  });

  test("is refused when it cannot be what was paid, and then nothing is booked", async () => {
    const { db } = market;
    const before = await booksOf(db);
    const sale = await db
      .selectFrom("payments")
      .select("id")
      .where("order_id", "=", order.orderId)
      .where("id", "<>", paymentId)
      .executeTakeFirstOrThrow();
    const refused: [Asked, object][] = [
      [{ fen: order.totalFen + 1 }, { reason: "more-than-owed", owedFen: order.totalFen }],
      [{ fen: 0 }, { reason: "not-an-amount" }],
      [{ fen: -5 }, { reason: "not-an-amount" }],
      [{ fen: 1.5 }, { reason: "not-an-amount" }],
      [{ fen: 2 ** 60 }, { reason: "not-an-amount" }],
      [{ owedFor: { paymentId: sale.id } }, { reason: "not-found" }],
      [{ owedFor: { paymentId: uuidv7() } }, { reason: "not-found" }],
      [{ owedFor: { paymentId: "x" } }, { reason: "not-found" }],
      [{ seen: "forged" }, { reason: "plan-changed" }],
    ];
    for (const [asked, answer] of refused) {
      expect(await book(asked), JSON.stringify(asked)).toEqual({ ok: false, ...answer });
    }
    expect(await booksOf(db)).toEqual(before);
  });

  test("of another currency goes back in that, from an account of its own", async () => {
    const { db, payments } = market;
    order = await makeCheckout(db, payments, [{ listing: await makeListing(db), quantity: 1 }]);
    await payments.pay(order.url);
    const gateway: typeof payments.gateway = {
      ...payments.gateway,
      async retrieveCheckout(id) {
        const found = await payments.gateway.retrieveCheckout(id);
        if (!found.ok || !found.checkout.payment) return found;
        const payment = { ...found.checkout.payment, currency: "jpy", fen: 900 };
        return { ok: true, checkout: { ...found.checkout, payment } };
      },
    };
    expect(await settlePayment(db, gateway, order)).toMatchObject({ outcome: "suspended" });
    paymentId = await asideOf(order);
    expect(await book({ fen: 400 })).toMatchObject({ ok: true });
    expect(await booksOf(db)).toMatchObject({
      "suspense:payments-jpy": -500,
      "bank:market-jpy": -400,
      "stripe:clearing-jpy": 900,
    });
    const told = db.selectFrom("messages").select("params").orderBy("id", "desc").limit(1);
    expect((await told.executeTakeFirstOrThrow()).params).toMatchObject({ fen: "JPY 400" });
    const seen = await readOrder(db, order.buyer, order.number);
    expect(seen).toMatchObject({ isMoneyHeld: true, transfers: [{ fen: 400, currency: "jpy" }] });
    expect((await verifyLedger(db)).differences).toEqual([]);

    // All of it is given by hand as well: what that is too much is no fen either.
    const payment = db.selectFrom("payments").select("charge_id").where("id", "=", paymentId);
    const chargeId = (await payment.executeTakeFirstOrThrow()).charge_id ?? "";
    await payments.stripe.refunds.create({ charge: chargeId });
    const found = await payments.gateway.retrieveCharge(chargeId);
    if (!found.ok) throw new Error(found.reason);
    const refunds = found.charge.refunds.map((each) => ({ ...each, fen: 900 }));
    const retrieveCharge = async () => ({ ...found, charge: { ...found.charge, refunds } });
    const inYen = { ...payments.gateway, retrieveCharge };
    expect(await settleRefunds(db, inYen, { chargeId })).toMatchObject({ ok: true });
    const books = await booksOf(db);
    expect(books).toMatchObject({ "given-twice:market-jpy": 400, "bank:market-jpy": -400 });
    expect((await verifyLedger(db)).differences).toEqual([]);
  });
});

test("the ledger beside a payment put aside does not hold a refund of it from elsewhere", async () => {
  await book();
  const elsewhere = sql`update postings set account_id =
    (select id from ledger_accounts where code like 'coop-fee:%' limit 1)
    where account_id = (select id from ledger_accounts where code = 'suspense:payments')
      and fen > 0`;
  const found = await foundIn(market.db, [elsewhere]);
  expect(found.map(({ kind }) => kind)).toContain("refund-differs");
});
