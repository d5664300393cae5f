import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { carryOutRefunds, makePaidCheckout, refusingForGood } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import { verifyLedger, verifyWithin } from "../ledger/verify-ledger.ts";
import { readOwedBuyers } from "../operations/read-owed-buyers.ts";
import { readTroubledRefunds } from "../operations/read-troubled-refunds.ts";
import { readOrder } from "../orders/read-order.ts";
import { reconcile } from "../reconcile/reconcile.ts";
import { bookTransfer } from "./book-transfer.ts";
import { cancelOrder } from "./cancel-order.ts";
import { planTransfer } from "./plan-transfer.ts";
import { refundPayment } from "./refund-payment.ts";
import { sweepExpired } from "./sweep-expired.ts";

const HOURS_MS = 60 * 60_000;
const DAY_MS = 24 * HOURS_MS;
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

let order: Awaited<ReturnType<typeof makePaidCheckout>>;
/** A cancelled order of which Stripe gives nothing back: CNY 67.80 are owed to its buyer. */
beforeEach(async () => {
  const { db, payments } = market;
  const listing = await makeListing(db);
  order = await makePaidCheckout(db, payments, [{ listing, quantity: 2 }]);
  const asked = { number: order.number, withRefund: true };
  expect(await cancelOrder(db, payments.gateway, order.buyer, asked)).toMatchObject({ ok: true });
  await carryOutRefunds(db, refusingForGood(payments), order.orderId);
});

type Asked = Partial<Parameters<typeof bookTransfer>[2]>;
async function book(asked: Asked = {}) {
  const owedFor = { orderNumber: order.number };
  const fen = asked.fen ?? order.totalFen;
  const planned = await planTransfer(market.db, operator, { owedFor, fen });
  return bookTransfer(market.db, operator, {
    ...{ owedFor, fen, paidOn: TODAY, reference: "ICBC-1", clientKey: uuidv7() },
    seen: planned?.plan?.mark ?? "none",
    ...asked,
  });
}
const owedFen = async () => {
  const { rows } = await readOwedBuyers(market.db, operator, { limit: 99 });
  return rows.find(({ orderNumber }) => orderNumber === order.number)?.owedFen ?? 0;
};

describe("what the operator pays back by bank transfer", () => {
  test("leaves the market's bank account and nothing owed, and is the end of the order's refund", async () => {
    const { db, payments } = market;
    const { number: orderNumber, orderId, totalFen } = order;
    const before = await booksOf(db);
    expect(await owedFen()).toBe(totalFen);
    const shown = await planTransfer(db, operator, { owedFor: { orderNumber }, fen: totalFen });
    expect(shown?.owed).toMatchObject({ owedFen: totalFen, isDisputed: false });
    expect(shown?.plan?.postings.map(({ fen }) => fen)).toEqual([5_980, 800, -6_780]);

    expect(await book()).toEqual({ ok: true, fen: totalFen, isNew: true });

    const after = await booksOf(db);
    expect(after["bank:market"]).toBe((before["bank:market"] ?? 0) - totalFen);
    expect(after["stripe:clearing"]).toBe(before["stripe:clearing"]);
    expect(await owedFen()).toBe(0);
    expect(await standingOf(db, orderId)).toMatchObject({
      status: "refunded",
      payments: [{ status: "refunded" }],
      refunds: [{ status: "failed" }, { status: "succeeded", reason: "by-transfer", fen: 6_780 }],
    });
    const { rows } = await readTroubledRefunds(db, operator, { limit: 99 });
    expect(rows.map((row) => row.orderNumber)).not.toContain(orderNumber);
    const [settled] = (await readOwedBuyers(db, operator, { limit: 1 })).transfers;
    expect(settled).toMatchObject({ orderNumber, fen: 6_780, paidOn: TODAY, owedFen: 0 });
    const [told] = await db
      .selectFrom("messages")
      .select("params")
      .where("template", "=", "refund.by-transfer")
      .orderBy("id", "desc")
      .execute();
    expect(told?.params).toEqual({ number: orderNumber, fen: 6_780, note: "ICBC-1", restFen: 0 });
    const seen = await readOrder(db, order.buyer, orderNumber);
    const transfer = { fen: 6_780, currency: "cny", paidOn: TODAY, reference: "ICBC-1" };
    expect(seen).toMatchObject({ stillOwedFen: 0, transfers: [transfer] });
    expect(seen?.refunds[1]).toMatchObject({ paidOn: TODAY, bankReference: "ICBC-1", fen: 6_780 });

    expect((await verifyLedger(db)).differences).toEqual([]);
    const now = new Date(Date.now() + 3 * HOURS_MS);
    expect(await reconcile(db, payments.gateway, { now })).toMatchObject({ differenceCount: 0 });
  });

  test("is written down with who booked it, and is never asked of Stripe", async () => {
    const { db, payments } = market;
    await book();
    const refund = await db
      .selectFrom("refunds")
      .select(["id", "asked_by_user_id"])
      .where("order_id", "=", order.orderId)
      .where("bank_reference", "is not", null)
      .executeTakeFirstOrThrow();
    const noted = await db
      .selectFrom("audit_log")
      .select(["actor_user_id", "action", "after"])
      .where("subject_id", "=", refund.id)
      .execute();
    expect(noted).toEqual([
      {
        ...{ actor_user_id: "operator", action: "refund.paid-by-transfer" },
        after: { fen: 6_780, paidOn: TODAY, reference: "ICBC-1" },
      },
    ]);
    await sql`delete from graphile_worker._private_jobs`.execute(db);
    await sweepExpired(db, { now: new Date(Date.now() + DAY_MS) });
    const { rows } = await sql`select from graphile_worker.jobs
      where key = ${`refund-payment:${refund.id}`}`.execute(db);
    expect(rows).toEqual([]);
    const balance = await payments.stripe.balance.retrieve();
    await refundPayment(db, payments.gateway, { refundId: refund.id });
    expect(await payments.stripe.balance.retrieve()).toEqual(balance);
  });

  test("may come in parts, and what is left stays owed and in the list", async () => {
    const { db } = market;
    const seenByBuyer = () => readOrder(db, order.buyer, order.number);
    const all = order.totalFen;
    expect(await seenByBuyer()).toMatchObject({ stillOwedFen: all, keptFen: all });
    expect(await book({ fen: 6_000 })).toMatchObject({ ok: true });
    expect(await seenByBuyer()).toMatchObject({ stillOwedFen: 780, keptFen: 780 });
    const told = await db.selectFrom("messages").select("params").orderBy("id", "desc").limit(1);
    expect((await told.executeTakeFirstOrThrow()).params).toMatchObject({ restFen: 780 });
    expect(await owedFen()).toBe(780);
    expect(await standingOf(db, order.orderId)).toMatchObject({ status: "cancelled" });
    const [part] = (await readOwedBuyers(db, operator, { limit: 1 })).transfers;
    expect(part).toMatchObject({ fen: 6_000, owedFen: 780 });
    expect(await book({ fen: 780 })).toMatchObject({ ok: false, reason: "reference-used" });
    expect(await book({ fen: 780, reference: "ICBC-2" })).toMatchObject({ ok: true });
    expect(await standingOf(db, order.orderId)).toMatchObject({ status: "refunded" });
    expect((await verifyLedger(db)).differences).toEqual([]);
  });

  test("is booked once, however often and at once the form is sent", async () => {
    const { db } = market;
    const owedFor = { orderNumber: order.number };
    const planned = await planTransfer(db, operator, { owedFor, fen: 100 });
    const sent = { fen: 100, clientKey: uuidv7(), seen: planned?.plan?.mark };
    const row = sql`select from orders where id = ${order.orderId} for update`;
    const answers = await raceBehind(db, row, 2, [() => book(sent), () => book(sent)]);
    expect(answers.map((each) => each.ok && each.isNew).sort()).toEqual([false, true]);
    expect(await book(sent)).toEqual({ ok: true, fen: 100, isNew: false });
    const other = await book({ ...sent, fen: 200 });
    expect(other).toMatchObject({ ok: false, reason: "booked-before", fen: 100 });
    expect(await owedFen()).toBe(order.totalFen - 100);
  });

  test("is booked once by two operators at once", async () => {
    const row = sql`select from orders where id = ${order.orderId} for update`;
    const owedFor = { orderNumber: order.number };
    const planned = await planTransfer(market.db, operator, { owedFor, fen: 9 });
    const seen = planned?.plan?.mark;
    const both = [
      () => book({ fen: 9, seen, reference: "A" }),
      () => book({ fen: 9, seen, reference: "B" }),
    ];
    const answers = await raceBehind(market.db, row, 2, both);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers).toContainEqual({ ok: false, reason: "plan-changed" });
    expect(await owedFen()).toBe(order.totalFen - 9);
  });

  test("is refused when it cannot be what was paid, and then nothing is booked", async () => {
    const { db } = market;
    const before = await booksOf(db);
    const refused: [Asked, object][] = [
      [{ fen: order.totalFen + 1 }, { reason: "more-than-owed", owedFen: order.totalFen }],
      [{ fen: 0 }, { reason: "not-an-amount" }],
      [{ fen: -5 }, { reason: "not-an-amount" }],
      [{ fen: 1.5 }, { reason: "not-an-amount" }],
      [{ reference: "" }, { reason: "not-a-reference" }],
      [{ reference: "9".repeat(65) }, { reason: "not-a-reference" }],
      [{ paidOn: shanghaiDay(new Date(Date.now() + DAY_MS)) }, { reason: "day-in-future" }],
      [{ paidOn: shanghaiDay(new Date(Date.now() - DAY_MS)) }, { reason: "day-before-payment" }],
      [{ owedFor: { orderNumber: "TJ20260101000000" } }, { reason: "not-found" }],
      [{ owedFor: { orderNumber: "x" } }, { reason: "not-found" }],
      [{ seen: "forged" }, { reason: "plan-changed" }],
    ];
    for (const [asked, answer] of refused) {
      expect(await book(asked), JSON.stringify(asked)).toEqual({ ok: false, ...answer });
    }
    expect(await booksOf(db)).toEqual(before);
  });

  test("cannot be paid out of an order of which nothing is owed", async () => {
    const listing = await makeListing(market.db);
    order = await makePaidCheckout(market.db, market.payments, [{ listing, quantity: 2 }]);
    expect(await book({ fen: 1 })).toMatchObject({ reason: "more-than-owed", owedFen: 0 });
  });
});

describe("the ledger beside the transfers that were booked", () => {
  const account = (code: string) => sql`(select id from ledger_accounts where code = ${code})`;

  test.each([
    [
      "paid by Stripe instead",
      sql`update postings set account_id = ${account("stripe:clearing")}
      where account_id = ${account("bank:market")}`,
    ],
    ["that nobody has written down", sql`update refunds set bank_reference = null, paid_on = null`],
  ])("does not hold one %s", async (_what, forgery) => {
    await book();
    let found: unknown;
    await market.db
      .transaction()
      .execute(async (trx) => {
        await sql`set local session_replication_role = replica`.execute(trx);
        await forgery.execute(trx);
        found = (await verifyWithin(trx)).differences.map(({ kind }) => kind);
        throw new Error("undo");
      })
      .catch((error: Error) => {
        if (error.message !== "undo") throw error;
      });
    expect(found).toContain("refund-differs");
  });
});
