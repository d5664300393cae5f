import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { booksOf, standingOf, stockOf } from "#tests/factories/look.ts";
import { earn } from "#tests/factories/money.ts";
import { carryOutRefunds, makePaidCheckout, refusingForGood } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { colleagueOf, coopScope } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { keepRefund } from "../payments/keep-refund.ts";
import type { RefundOf } from "../payments/plan-refund.ts";
import { refundPayment } from "../payments/refund-payment.ts";
import { confirmRun } from "../payouts/confirm-run.ts";
import { readOwed } from "../payouts/owed.ts";
import { prepareRun } from "../payouts/prepare-run.ts";
import { refundParcel } from "./refund-parcel.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  payments = await startTestPayments();
});
afterAll(() => payments.close());
beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});

/** The product's worked example, paid: two boxes at CNY 29.90 of two households, freight 8.00. */
async function makeWorkedOrder() {
  const { db } = database;
  const cooperative = await makeCooperative(db, { slug: "yanyuan" });
  const homes = [
    await makeHousehold(db, { cooperative, reliefCode: "LS-000123" }),
    await makeHousehold(db, { cooperative, reliefCode: "LS-000207" }),
  ] as const;
  const lots = homes.map((household) => ({ household, quantity: 1 }));
  const listing = await makeListing(db, { lots });
  const order = await makePaidCheckout(db, payments, [{ listing, quantity: 2 }]);
  const [line] = order.lines;
  if (!line) throw new Error("no line");
  const ask = (of: Exclude<RefundOf, { kind: "given" }>, clientKey: string = uuidv7()) =>
    refundParcel(db, line.scope, { parcelId: line.parcelId, of, clientKey });
  const carryOut = () => carryOutRefunds(db, payments, order.orderId);
  return { ...order, ...line, homes, listing, ask, carryOut };
}

const WORKED = {
  "stripe:clearing": 6_780,
  "relief:LS-000123": -2_811,
  "relief:LS-000207": -2_811,
  "coop-fee:yanyuan": -358,
  "freight:yanyuan": -800,
};
const givenAtStripe = async () => {
  const { data } = await payments.stripe.refunds.list({ limit: 100 });
  return (intent: string) => data.filter((refund) => refund.payment_intent === intent);
};
async function intentOf(orderId: string) {
  const { payment_intent_id } = await database.db
    .selectFrom("payments")
    .select("payment_intent_id")
    .where("order_id", "=", orderId)
    .executeTakeFirstOrThrow();
  return payment_intent_id;
}

describe("a refund of a part", () => {
  test("by quantity, amount, line and freight takes from each account its share, to the fen", async () => {
    const order = await makeWorkedOrder();
    const { lineId } = order;
    expect(await order.ask({ kind: "quantity", orderLineId: lineId, quantity: 1 })).toMatchObject({
      ok: true,
      fen: 2_990,
    });
    expect(await booksOf(database.db)).toEqual(WORKED);
    await order.carryOut();
    expect(await booksOf(database.db)).toEqual({
      "stripe:clearing": 3_790,
      "relief:LS-000123": -1_405,
      "relief:LS-000207": -1_406,
      "coop-fee:yanyuan": -179,
      "freight:yanyuan": -800,
    });
    expect(await standingOf(database.db, order.orderId)).toMatchObject({
      status: "partly-refunded",
      payments: [{ status: "partly-refunded" }],
    });
    await order.ask({ kind: "amount", fen: 777, orderLineId: lineId });
    await order.ask({ kind: "line", orderLineId: lineId });
    await order.ask({ kind: "freight", fen: 300 });
    await order.carryOut();
    expect(await booksOf(database.db)).toEqual({ "stripe:clearing": 500, "freight:yanyuan": -500 });
    expect(await stockOf(database.db, order.listing.lotIds)).toMatchObject({ sold: 2 });
    expect(await order.ask({ kind: "all" })).toMatchObject({ ok: true, fen: 500 });
    await order.carryOut();
    expect(await booksOf(database.db)).toEqual({});
    expect(await standingOf(database.db, order.orderId)).toMatchObject({
      status: "refunded",
      payments: [{ status: "refunded" }],
    });
    expect(await order.ask({ kind: "all" })).toEqual({ ok: false, reason: "nothing-left" });
    const given = (await givenAtStripe())(await intentOf(order.orderId));
    expect(given.map(({ amount }) => amount)).toEqual([500, 300, 2_213, 777, 2_990]);
    const { rows: untagged } = await sql`
      select 1 from postings p join ledger_accounts a on a.id = p.account_id
      where a.code like 'relief:%' and (p.relief_account_id is null or p.order_line_id is null)
    `.execute(database.db);
    expect(untagged).toEqual([]);
    // Nothing has left: once all of the money is back, the goods are on sale again.
    expect(await stockOf(database.db, order.listing.lotIds)).toMatchObject({ sold: 0 });
  });

  test("asked twice with one key and carried out ten times is one refund", async () => {
    const order = await makeWorkedOrder();
    const first = await order.ask({ kind: "amount", fen: 1_000 }, "the same form");
    expect(await order.ask({ kind: "amount", fen: 1_000 }, "the same form")).toEqual({
      ...first,
      isNew: false,
    });
    const refundId = first.ok ? first.refundId : "";
    const told = () => refundPayment(database.db, payments.gateway, { refundId });
    await Promise.all(Array.from({ length: 5 }, told));
    for (let turn = 0; turn < 5; turn++) await told();
    expect((await givenAtStripe())(await intentOf(order.orderId))).toHaveLength(1);
    expect((await booksOf(database.db))["stripe:clearing"]).toBe(5_780);
  });

  test("is never more than is left, also when two ask at the same moment", async () => {
    const order = await makeWorkedOrder();
    const answers = await raceBehind(
      database.db,
      sql`select id from orders where id = ${order.orderId} for update`,
      2,
      [
        () => order.ask({ kind: "amount", fen: 4_000 }),
        () => order.ask({ kind: "amount", fen: 4_000 }),
      ],
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toEqual({
      ok: false,
      reason: "more-than-left",
      leftFen: 1_980,
    });
    await order.carryOut();
    expect((await booksOf(database.db))["stripe:clearing"]).toBe(2_780);
  });

  test("beyond what was paid is refused by the database itself", async () => {
    const order = await makeWorkedOrder();
    await order.ask({ kind: "amount", fen: 5_000 });
    const beyond = sql`insert into refunds (id, payment_id, order_id, idempotency_key, status, reason, fen)
      select gen_random_uuid(), payment_id, order_id, 'beyond', 'requested', 'goods', 1781 from refunds`;
    await expect(beyond.execute(database.db)).rejects.toThrow(/refunds of payment/);
  });

  test("is not another cooperative's to give, nor of a line that is not in the parcel", async () => {
    const order = await makeWorkedOrder();
    const { parcelId } = order;
    const stranger = coopScope({ userId: "other", cooperativeId: uuidv7() });
    const of = { kind: "all" } as const;
    expect(await refundParcel(database.db, stranger, { parcelId, of, clientKey: "a" })).toEqual({
      ok: false,
      reason: "parcel-not-found",
    });
    expect(await order.ask({ kind: "line", orderLineId: uuidv7() })).toMatchObject({
      reason: "unknown-line",
    });
  });
});

describe("a refund that fails", () => {
  test("at Stripe's door is owed to her, and the rest may be asked for still", async () => {
    const order = await makeWorkedOrder();
    await order.ask({ kind: "amount", fen: 5_000 });
    await carryOutRefunds(database.db, refusingForGood(payments), order.orderId);
    expect(await standingOf(database.db, order.orderId)).toMatchObject({
      status: "paid",
      payments: [{ status: "succeeded" }],
      refunds: [{ status: "failed" }],
    });
    expect(await booksOf(database.db)).toEqual({
      ...WORKED,
      "relief:LS-000123": -460,
      "relief:LS-000207": -461,
      "coop-fee:yanyuan": -59,
      "owed:yanyuan": -5_000,
    });
    expect(await order.ask({ kind: "amount", fen: 5_000 })).toMatchObject({ ok: true });
  });

  test("days later at the bank is reversed, fen by fen, once", async () => {
    const order = await makeWorkedOrder();
    await order.ask({ kind: "amount", fen: 1_234 });
    const [id = ""] = await order.carryOut();
    const refund = { id, orderId: order.orderId };
    for (const status of ["failed", "failed", "succeeded", "pending"] as const) {
      await keepRefund(database.db, refund, { id: null, status });
    }
    expect(await booksOf(database.db)).toMatchObject({
      ...{ "relief:LS-000123": -2_231, "relief:LS-000207": -2_231 },
      ...{ "owed:yanyuan": -1_234, "stripe:clearing": 6_780 },
    });
    expect(await standingOf(database.db, order.orderId)).toMatchObject({
      payments: [{ status: "succeeded" }],
      refunds: [{ status: "failed" }],
    });
    expect(await order.ask({ kind: "all" })).toMatchObject({ ok: true, fen: 6_780 });
  });

  test("waits, and takes nothing from anybody, while Stripe cannot be reached", async () => {
    const order = await makeWorkedOrder();
    const asked = await order.ask({ kind: "amount", fen: 1_000 });
    const refundId = asked.ok ? asked.refundId : "";
    const away = { ...payments.gateway, refund: async () => unavailable };
    const unavailable = { ok: false, reason: "payments-unavailable" } as const;
    expect(await refundPayment(database.db, away, { refundId })).toEqual(unavailable);
    expect(await booksOf(database.db)).toEqual(WORKED);
    await order.carryOut();
    expect((await booksOf(database.db))["stripe:clearing"]).toBe(5_780);
  });
});

test("a refund after the payout leaves the account overdrawn, and the next run nets it", async () => {
  const { db } = database;
  const order = await makeWorkedOrder();
  const { scope, homes } = order;
  const first = await prepareRun(db, scope, { clientKey: uuidv7() });
  await confirmRun(db, colleagueOf(scope), { runId: first.ok ? first.runId : "" });
  await order.ask({ kind: "quantity", orderLineId: order.lineId, quantity: 1 });
  await order.carryOut();
  const owed = async () =>
    (await readOwed(db, scope)).map(({ balanceFen, payableFen }) => [balanceFen, payableFen]);
  expect(await owed()).toEqual([
    [-1_406, 0],
    [-1_405, 0],
  ]);
  await earn(db, homes[0], 2_000);
  expect(await owed()).toEqual([
    [594, 594],
    [-1_405, 0],
  ]);
  const second = await prepareRun(db, scope, { clientKey: uuidv7() });
  await confirmRun(db, colleagueOf(scope), { runId: second.ok ? second.runId : "" });
  expect((await booksOf(db))["relief:LS-000123"]).toBeUndefined();
});
