import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readOpenDisputes } from "./read-open-disputes.ts";
import { readOverdueOrders } from "./read-overdue-orders.ts";
import { readSuspense } from "./read-suspense.ts";
import { readTroubledRefunds } from "./read-troubled-refunds.ts";

const MINUTE_MS = 60_000;
const scope = operatorScope({ userId: "operator" });
const limit = 50;
let database: TestDatabase;
let payment: { id: string; order_id: string };
let number: string;

beforeEach(async () => {
  database = await createTestDatabase();
  const order = await makePaidOrder(database.db, [[await makeHousehold(database.db)]]);
  number = order.number;
  payment = await makePayment(order.id);
  return () => database.drop();
});

const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS);

async function makePayment(order_id: string, changes: { status?: string; fen?: number } = {}) {
  const id = uuidv7();
  await database.db
    .insertInto("payments")
    .values({
      ...{ id, order_id, checkout_session_id: id, payment_intent_id: `pi_${id}` },
      ...{ status: "succeeded", fen: 3_790, currency: "cny", paid_at: new Date(), ...changes },
    })
    .execute();
  return { id, order_id };
}

async function makeRefund(status: string, minutes: number, failure: string | null = null) {
  const id = uuidv7();
  await database.db
    .insertInto("refunds")
    .values({
      ...{ id, payment_id: payment.id, order_id: payment.order_id, idempotency_key: id },
      ...{ status, reason: "goods", fen: 100, failure, updated_at: ago(minutes) },
    })
    .execute();
  return id;
}

describe("what the operator is shown of money gone wrong", () => {
  test("is a refund that hangs longer than jobs and banks need, oldest first, and how many", async () => {
    await makeRefund("requested", 14);
    await makeRefund("pending", 4 * 24 * 60);
    const requested = await makeRefund("requested", 16);
    const pending = await makeRefund("pending", 6 * 24 * 60);
    const { count, rows } = await readTroubledRefunds(database.db, scope, { limit });
    expect(rows.map(({ id }) => id)).toEqual([pending, requested]);
    expect(count).toBe(2);
    const first = await readTroubledRefunds(database.db, scope, { limit: 1 });
    expect(first).toMatchObject({ count: 2, rows: [{ id: pending }] });
  });

  test("is a refund that Stripe refuses for now, at once, with the next try", async () => {
    const refused = await makeRefund("requested", 0, "balance_insufficient");
    const try_again_at = ago(-10);
    await database.db.updateTable("refunds").set({ try_again_at }).execute();
    expect(await readTroubledRefunds(database.db, scope, { limit })).toMatchObject({
      count: 1,
      rows: [{ id: refused, failure: "balance_insufficient", nextTryAt: try_again_at }],
    });
  });

  test("is a payment put aside, unless it goes back by itself", async () => {
    payment = await makePayment(payment.order_id, { status: "suspense", fen: 100 });
    expect(await readSuspense(database.db, scope, { limit })).toMatchObject({
      count: 1,
      rows: [{ id: payment.id, orderNumber: number, orderFen: 3_790, paidFen: 100, leftFen: 100 }],
    });
    const refund = await makeRefund("requested", 0);
    expect(await readSuspense(database.db, scope, { limit })).toEqual({ count: 0, rows: [] });
    await database.db
      .updateTable("refunds")
      .set({ status: "failed" })
      .where("id", "=", refund)
      .execute();
    expect(await readSuspense(database.db, scope, { limit })).toMatchObject({ count: 1 });
  });

  test("is what is left of a payment put aside after a part of it went back", async () => {
    payment = await makePayment(payment.order_id, { status: "suspense", fen: 5_000 });
    await makeRefund("succeeded", 0);
    await makeRefund("failed", 0);
    expect(await readSuspense(database.db, scope, { limit })).toMatchObject({
      rows: [{ paidFen: 5_000, leftFen: 4_900 }],
    });
  });

  test("is an unpaid order that does not end though its time is over, the oldest first", async () => {
    const unpaid = async (minutes: number, status = "pending-payment") => {
      const home = await makeHousehold(database.db);
      const order = await makePaidOrder(database.db, [[home]], { status, paidAt: null });
      const expires_at = ago(minutes);
      const checkout_session_id = `cs_${order.number}`;
      await database.db
        .updateTable("orders")
        .set({ expires_at, checkout_session_id })
        .where("id", "=", order.id)
        .execute();
      return order.number;
    };
    const late = await unpaid(16);
    const later = await unpaid(90);
    await unpaid(14);
    await unpaid(-10);
    await unpaid(90, "expired");
    const { count, rows } = await readOverdueOrders(database.db, scope, { limit });
    expect(rows.map((row) => row.orderNumber)).toEqual([later, late]);
    expect(rows[0]).toMatchObject({ totalFen: 3_790, checkoutSessionId: `cs_${later}` });
    expect(count).toBe(2);
  });

  test("is a dispute that no bank has decided, the one due first first", async () => {
    const dispute = async (id: string, status: string, minutes: number | null) => {
      const due_at = minutes === null ? null : ago(-minutes);
      await database.db
        .insertInto("disputes")
        .values({
          ...{ id: uuidv7(), payment_id: payment.id, stripe_dispute_id: id, status, due_at },
          ...{ fen: 3_790, reason: "fraudulent" },
        })
        .execute();
    };
    await dispute("du_review", "under_review", null);
    await dispute("du_later", "needs_response", 60);
    await dispute("du_late", "needs_response", -60);
    await dispute("du_won", "won", 10);
    await dispute("du_lost", "lost", 10);
    const { rows, ...counts } = await readOpenDisputes(database.db, scope, { limit });
    expect(rows.map((row) => [row.stripeDisputeId, row.state, row.isOverdue])).toEqual([
      ["du_late", "asked", true],
      ["du_later", "asked", false],
      ["du_review", "review", false],
    ]);
    expect(counts).toEqual({ count: 3, askedCount: 2 });
  });
});
