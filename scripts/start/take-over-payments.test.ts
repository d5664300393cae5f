import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyLedger } from "#app/domain/ledger/verify-ledger.ts";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { cancelOrder } from "#app/domain/payments/cancel-order.ts";
import { refundPayment } from "#app/domain/payments/refund-payment.ts";
import { settleDispute } from "#app/domain/payments/settle-dispute.ts";
import { settlePayment } from "#app/domain/payments/settle-payment.ts";
import { settleRefunds } from "#app/domain/payments/settle-refunds.ts";
import { reconcile } from "#app/domain/reconcile/reconcile.ts";
import { seed } from "#db/seed/seed.ts";
import { differencesOf } from "#tests/factories/balance.ts";
import { booksOf } from "#tests/factories/look.ts";
import { buyerScope, coopScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { takeOverPayments } from "./take-over-payments.ts";

const HOUR_MS = 3_600_000;
let database: TestDatabase;
let payments: TestPayments;

beforeAll(async () => {
  [database, payments] = await Promise.all([createTestDatabase(), startTestPayments()]);
  await seed(database.db);
}, 120_000);
afterAll(async () => {
  await payments.close();
  await database.drop();
});

const takeOver = ({ url } = payments) =>
  takeOverPayments(database.db, { url, key: "sk_test_sandbox", marketUrl: "http://market.test" });

async function one<Row>(query: string): Promise<Row> {
  const { rows } = await sql<Row>`${sql.raw(query)}`.execute(database.db);
  if (!rows[0]) throw new Error(`nothing is found by ${query}`);
  return rows[0];
}
const countEntries = () => one<{ n: number }>("select count(*) as n from ledger_transactions");
const clearing = async () => (await booksOf(database.db))["stripe:clearing"];

/** Sent by the sandbox to nobody in this test. */
async function hearOfDisputes() {
  for await (const { id } of payments.stripe.disputes.list()) {
    await settleDispute(database.db, payments.gateway, { disputeId: id });
  }
}

/** Stripe and the ledger, of all that ever happened. */
async function expectAgreement(gateway = payments.gateway) {
  const now = new Date(Date.now() + 3 * HOUR_MS);
  const run = await reconcile(database.db, gateway, { now });
  expect(await differencesOf(database.db)).toEqual([]);
  expect(run).toMatchObject({ ok: true, differenceCount: 0, inFlightCount: 0 });
  const { available, pending } = await payments.stripe.balance.retrieve();
  const held = [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0);
  expect(await clearing()).toBe(held);
  expect(await verifyLedger(database.db)).toMatchObject({ differences: [] });
}

async function carryOut(orderId: string) {
  const { id } = await one<{ id: string }>(
    `select id from refunds where order_id = '${orderId}' order by id desc limit 1`,
  );
  return refundPayment(database.db, payments.gateway, { refundId: id });
}

describe("the seed's payments beside a sandbox", () => {
  test("are known to its Stripe, which agrees with the ledger to the fen", async () => {
    await takeOver();
    await hearOfDisputes();
    await expectAgreement();
    expect((await booksOf(database.db))["stripe:made-up"] ?? 0).toBe(0);
    const { n } = await one<{ n: number }>("select count(*) as n from payments");
    const found = await payments.stripe.paymentIntents.list().autoPagingToArray({ limit: 1_000 });
    expect(found.length).toBe(n);
    expect(new Set(found.map(({ status }) => status))).toEqual(new Set(["succeeded"]));
  });

  test("are taken over once, also by a sandbox that has lost its memory", async () => {
    const before = await countEntries();
    await takeOver();
    const other = await startTestPayments();
    try {
      await takeOver(other);
      expect(await countEntries()).toEqual(before);
      const run = await reconcile(database.db, other.gateway, { all: true });
      expect(run).toMatchObject({ ok: true, differenceCount: 0 });
    } finally {
      await other.close();
    }
  });

  test("change nothing when Stripe tells of them again", async () => {
    const before = await countEntries();
    const paid = await one<{ session: string }>(
      "select checkout_session_id as session from payments where status = 'succeeded' limit 1",
    );
    expect(
      await settlePayment(database.db, payments.gateway, { checkoutSessionId: paid.session }),
    ).toMatchObject({ ok: true, outcome: "settled" });
    const back = await one<{ charge: string }>(
      "select charge_id as charge from payments where status = 'partly-refunded' limit 1",
    );
    expect(
      await settleRefunds(database.db, payments.gateway, { chargeId: back.charge }),
    ).toMatchObject({ ok: true, outcome: "settled" });
    expect(await countEntries()).toEqual(before);
  });

  test("go back to a buyer who cancels", async () => {
    const order = await one<{ id: string; number: string; user: string; fen: number }>(`
      select id, number, buyer_user_id as user, total_fen as fen from orders
      where status = 'paid' limit 1`);
    const buyer = buyerScope({ userId: order.user, visitorId: "a-visitor" });
    const asked = { number: order.number, withRefund: true };
    expect(await cancelOrder(database.db, payments.gateway, buyer, asked)).toMatchObject({
      ok: true,
      refundFen: order.fen,
    });
    const before = await clearing();
    expect(await carryOut(order.id)).toMatchObject({ ok: true, status: "succeeded" });
    expect(await clearing()).toBe((before ?? 0) - order.fen);
    await expectAgreement();
  });

  test("go back in part when a cooperative gives a line back", async () => {
    const parcel = await one<{
      id: string;
      order: string;
      cooperative: string;
      line: string;
      fen: number;
    }>(`
      select p.id, p.order_id as order, p.cooperative_id as cooperative, l.id as line,
        l.line_fen as fen
      from parcels p join orders o on o.id = p.order_id join order_lines l on l.parcel_id = p.id
      where o.status = 'delivered' limit 1`);
    const scope = coopScope({ cooperativeId: parcel.cooperative, userId: "a-manager" });
    const of = { kind: "line", orderLineId: parcel.line } as const;
    const asked = { parcelId: parcel.id, of, clientKey: crypto.randomUUID() };
    expect(await refundParcel(database.db, scope, asked)).toMatchObject({
      ok: true,
      fen: parcel.fen,
    });
    expect(await carryOut(parcel.order)).toMatchObject({ ok: true, status: "succeeded" });
    await expectAgreement();
  });

  test("are decided by a bank where they are disputed", async () => {
    const dispute = await one<{ id: string; order: string }>(`
      select d.stripe_dispute_id as id, p.order_id as order from disputes d
      join payments p on p.id = d.payment_id limit 1`);
    await payments.closeDispute(dispute.id, "won");
    await hearOfDisputes();
    const { status } = await one<{ status: string }>(
      `select status from orders where id = '${dispute.order}'`,
    );
    expect(status).not.toBe("disputed");
    await expectAgreement();
  });
});
