import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { foundIn } from "#tests/factories/forge.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { carryOutRefunds, makePaidCheckout, refusingForGood } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { readOwedBuyers } from "../operations/read-owed-buyers.ts";
import { readTroubledRefunds } from "../operations/read-troubled-refunds.ts";
import { readOrder } from "../orders/read-order.ts";
import { reconcile } from "../reconcile/reconcile.ts";
import { bookTransfer } from "./book-transfer.ts";
import { cancelOrder } from "./cancel-order.ts";
import { planTransfer } from "./plan-transfer.ts";
import { readTransfer } from "./read-transfer.ts";
import { takeBackTransfer } from "./take-back-transfer.ts";

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

/** Books a transfer for the order; its id. */
async function book(fen = order.totalFen, reference = "ICBC-1"): Promise<string> {
  const owedFor = { orderNumber: order.number };
  const planned = await planTransfer(market.db, operator, { owedFor, fen });
  const of = { owedFor, fen, paidOn: TODAY, reference, clientKey: uuidv7() };
  const seen = planned?.plan?.mark ?? "none";
  const booked = await bookTransfer(market.db, operator, { ...of, seen });
  if (!booked.ok) throw new Error(booked.reason);
  const { id } = await market.db
    .selectFrom("refunds")
    .select("id")
    .where("order_id", "=", order.orderId)
    .where("bank_reference", "=", reference)
    .where("status", "=", "succeeded")
    .executeTakeFirstOrThrow();
  return id;
}

const takeBack = (refundId: string, fault: "transfer-mistaken" | "transfer-returned") =>
  takeBackTransfer(market.db, operator, { refundId, fault });

async function listed() {
  const { rows, transfers } = await readOwedBuyers(market.db, operator, { limit: 99 });
  const isIts = ({ orderNumber }: { orderNumber: string }) => orderNumber === order.number;
  return { owedFen: rows.find(isIts)?.owedFen ?? 0, transfers: transfers.filter(isIts) };
}

async function lastTold() {
  const { db } = market;
  const messages = db.selectFrom("messages").select(["template", "params"]).orderBy("id", "desc");
  return messages.limit(1).executeTakeFirstOrThrow();
}

describe("a bank transfer that is taken back", () => {
  test("is reversed, never edited; its buyer is owed again, and the right one has the same reference", async () => {
    const { db, payments } = market;
    const { number, orderId, totalFen } = order;
    const before = { books: await booksOf(db), standing: await standingOf(db, orderId) };
    const refundId = await book();
    expect((await standingOf(db, orderId)).status).toBe("refunded");
    const shown = await readTransfer(db, operator, refundId);
    expect(shown).toMatchObject({ orderNumber: number, fen: totalFen, paidOn: TODAY, fault: null });
    expect(shown?.postings.map(({ fen }) => fen).sort()).toEqual([-5_980, -800, 6_780].sort());

    expect(await takeBack(refundId, "transfer-mistaken")).toEqual({ ok: true, isNew: true });

    expect(await booksOf(db)).toEqual(before.books);
    const { rows: posted } = await sql<{ kind: string; isReversal: boolean }>`
      select t.kind, t.reverses_id = first.id as "isReversal" from ledger_transactions t
      join ledger_transactions first on first.idempotency_key = ${`refund:${refundId}`}
      where t.cause_id = ${refundId} order by t.seq`.execute(db);
    expect(posted).toEqual([
      { kind: "refund", isReversal: null },
      { kind: "reversal", isReversal: true },
    ]);
    const { status, payments: paid } = before.standing;
    expect(await standingOf(db, orderId)).toMatchObject({ status, payments: paid });
    expect(await listed()).toMatchObject({
      owedFen: totalFen,
      transfers: [{ id: refundId, fault: "transfer-mistaken" }],
    });
    expect(await readTransfer(db, operator, refundId)).toMatchObject({
      fault: "transfer-mistaken",
    });
    const params = { number, fen: totalFen, note: "ICBC-1", restFen: totalFen };
    expect(await lastTold()).toEqual({ template: "refund.transfer-mistaken", params });
    const seen = await readOrder(db, order.buyer, number);
    expect(seen).toMatchObject({ stillOwedFen: totalFen, transfers: [] });
    const { rows: troubled } = await readTroubledRefunds(db, operator, { limit: 99 });
    expect(troubled.filter(({ orderNumber }) => orderNumber === number)).toHaveLength(1);

    await book(totalFen - 100);
    expect(await listed()).toMatchObject({ owedFen: 100 });
    expect((await verifyLedger(db)).differences).toEqual([]);
    const now = new Date(Date.now() + 3 * HOURS_MS);
    expect(await reconcile(db, payments.gateway, { now })).toMatchObject({ differenceCount: 0 });
  });

  test("because the bank returned it says so to its buyer, and who did it is written down", async () => {
    const { db } = market;
    const refundId = await book(1_000);
    await book(2_000, "ICBC-2");
    expect(await takeBack(refundId, "transfer-returned")).toMatchObject({ isNew: true });
    expect(await lastTold()).toMatchObject({
      template: "refund.transfer-returned",
      params: { fen: 1_000, note: "ICBC-1", restFen: 4_780 },
    });
    const noted = await db
      .selectFrom("audit_log")
      .select(["actor_user_id", "after"])
      .where("subject_id", "=", refundId)
      .where("action", "=", "refund.transfer-taken-back")
      .execute();
    const after = { fen: 1_000, fault: "transfer-returned" };
    expect(noted).toEqual([{ actor_user_id: "operator", after }]);
  });

  test("is taken back once by two operators at once, beside a third who books another", async () => {
    const { db } = market;
    const refundId = await book(1_000);
    const row = sql`select from orders where id = ${order.orderId} for update`;
    const answers = await raceBehind<unknown>(db, row, 3, [
      () => takeBack(refundId, "transfer-mistaken"),
      () => takeBack(refundId, "transfer-returned"),
      () => book(5_780, "ICBC-2").catch((error: Error) => error.message),
    ]);
    answers.push(await takeBack(refundId, "transfer-mistaken"));
    expect(answers.filter((each) => JSON.stringify(each).includes('"isNew":true'))).toHaveLength(1);
    const isBooked = answers[2] !== "plan-changed";
    expect((await listed()).owedFen).toBe(order.totalFen - (isBooked ? 5_780 : 0));
    const { rows } = await sql`select from messages
      where key = ${`refund-taken-back:${refundId}`}`.execute(db);
    expect(rows).toHaveLength(1);
    expect((await verifyLedger(db)).differences).toEqual([]);
  });

  test("is one that was booked: a refund of Stripe's is none, nor is what is not there", async () => {
    const { db } = market;
    const refused = await db
      .selectFrom("refunds")
      .select("id")
      .where("order_id", "=", order.orderId)
      .executeTakeFirstOrThrow();
    for (const id of [refused.id, uuidv7(), "x"]) {
      expect(await takeBack(id, "transfer-mistaken")).toEqual({ ok: false, reason: "not-found" });
      expect(await readTransfer(db, operator, id)).toBeNull();
    }
  });
});

test.each([
  [
    "its postings gone",
    "taken-back",
    sql`delete from postings where transaction_id in (
      select id from ledger_transactions where idempotency_key like 'refund-failed:%')`,
    sql`delete from ledger_transactions where idempotency_key like 'refund-failed:%'`,
  ],
  [
    "another account in them",
    "reversal-differs",
    sql`update postings set account_id =
      (select id from ledger_accounts where code like 'coop-fee:%' limit 1)
      where account_id = (select id from ledger_accounts where code = 'bank:market') and fen > 0`,
    sql`select 1`,
  ],
])("the ledger does not hold a transfer taken back with %s", async (_what, found, ...forgery) => {
  await takeBack(await book(), "transfer-mistaken");
  const differences = await foundIn(market.db, forgery);
  expect(JSON.stringify(differences)).toContain(`"${found}"`);
});
