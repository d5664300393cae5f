import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import { makeCharged, makeListed } from "#tests/factories/charged-orders.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { sendMessages } from "#tests/factories/messages.ts";
import { makeCheckout } from "#tests/factories/payments.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { readTroubledRefunds } from "../operations/read-troubled-refunds.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { refundPayment } from "./refund-payment.ts";
import { refuseRefund } from "./refuse-refund.ts";
import { settlePayment } from "./settle-payment.ts";
import { settleRefunds } from "./settle-refunds.ts";
import { sweepExpired } from "./sweep-expired.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeEach(async () => {
  payments = await startTestPayments();
  database = await createTestDatabase();
  return async () => {
    await payments.close();
    await database.drop();
  };
});

const DAY_MS = 24 * 60 * 60_000;
const PHONE = "+8613800000001";
const given = async () => (await payments.stripe.refunds.list({})).data.map(({ amount }) => amount);
const refund = (gateway: PaymentGateway, refundId: string, now?: Date) =>
  refundPayment(database.db, gateway, { refundId, now });

/** Stripe does it, and the answer never comes. */
const losing = (): PaymentGateway => ({
  ...payments.gateway,
  async refund(asked) {
    await payments.gateway.refund(asked);
    return { ok: false, reason: "payments-unavailable" };
  },
});

/** Stripe refuses, and remembers under the key that it did; `keys` is what it was asked with. */
function refusing(code: string) {
  const keys: string[] = [];
  const gateway: PaymentGateway = {
    ...payments.gateway,
    async refund({ idempotencyKey }) {
      keys.push(idempotencyKey);
      return { ok: false, reason: "refund-refused", code };
    },
  };
  return { gateway, keys };
}

async function askFor(of: { kind: "all" } | { kind: "amount"; fen: number }) {
  const order = await makeCharged({ db: database.db, payments });
  const { scope, parcelId } = order;
  const asked = await refundParcel(database.db, scope, { parcelId, of, clientKey: "form" });
  if (!asked.ok) throw new Error(asked.reason);
  return { ...order, refundId: asked.refundId };
}

/** A payment that came after the goods were gone, and its refund. */
async function makeLate() {
  const { db } = database;
  const listing = await makeListed(db);
  const order = await makeCheckout(db, payments, [{ listing, quantity: 2 }]);
  await payments.pay(order.url);
  await sql`update orders set status = 'expired'`.execute(db);
  await sql`update allocations set state = 'released'`.execute(db);
  await sql`update lots set sold = quantity_in, available = 0, held = 0`.execute(db);
  expect(await settlePayment(db, payments.gateway, order)).toMatchObject({ outcome: "refunding" });
  const { id: refundId } = await db.selectFrom("refunds").select("id").executeTakeFirstOrThrow();
  return { ...order, refundId };
}

/** Sends what is queued to be sent; how many messages she has. */
async function tellBuyer() {
  await sendMessages(database.db, payments.sms);
  return (await payments.messagesTo(PHONE)).length;
}

describe("a refund whose answer was lost", () => {
  test.each([{ kind: "amount", fen: 1_000 } as const, { kind: "all" } as const])(
    "is not given twice once Stripe has forgotten its key ($kind)",
    async (of) => {
      const { refundId, orderId } = await askFor(of);
      expect(await refund(losing(), refundId)).toMatchObject({ reason: "payments-unavailable" });
      payments.clock.aheadMs += DAY_MS + 60_000;
      expect(await refund(payments.gateway, refundId)).toMatchObject({ status: "succeeded" });
      const fen = of.kind === "all" ? 6_780 : of.fen;
      expect(await given()).toEqual([fen]);
      expect(await standingOf(database.db, orderId)).toMatchObject({
        status: of.kind === "all" ? "refunded" : "partly-refunded",
        refunds: [{ status: "succeeded", fen }],
      });
      expect((await booksOf(database.db))["stripe:clearing"] ?? 0).toBe(6_780 - fen);
    },
  );

  test("and whose key Stripe will not take meanwhile has not failed", async () => {
    const { refundId, chargeId } = await askFor({ kind: "amount", fen: 1_000 });
    const { idempotency_key } = await database.db
      .selectFrom("refunds")
      .select("idempotency_key")
      .executeTakeFirstOrThrow();
    // The very key, used with other parameters: what Stripe calls an idempotency_error.
    await payments.stripe.refunds.create(
      { charge: chargeId, amount: 10 },
      { idempotencyKey: idempotency_key },
    );
    expect(await refund(payments.gateway, refundId)).toEqual({
      ok: false,
      reason: "payments-unavailable",
    });
    payments.clock.aheadMs += DAY_MS + 60_000;
    expect(await refund(payments.gateway, refundId)).toMatchObject({ status: "succeeded" });
    expect(await given()).toEqual([1_000, 10]);
  });
});

describe("a refund that we hold for failed", () => {
  test("counts as given in its stead when Stripe has made it", async () => {
    const order = await askFor({ kind: "all" });
    const { refundId, orderId } = order;
    await refund(losing(), refundId);
    await sql`update refunds set status = 'failed'`.execute(database.db);
    for (let turn = 0; turn < 2; turn++) await settleRefunds(database.db, payments.gateway, order);
    expect(await standingOf(database.db, orderId)).toMatchObject({
      status: "refunded",
      refunds: [
        { id: refundId, status: "failed", reason: "goods" },
        { status: "succeeded", reason: "by-hand" },
      ],
    });
    expect(await booksOf(database.db)).toEqual({});
    expect(await tellBuyer()).toBe(1);
  });

  test("counts beside what was given back meanwhile, each account within what it has", async () => {
    const order = await askFor({ kind: "amount", fen: 5_000 });
    await refund(losing(), order.refundId);
    await sql`update refunds set status = 'failed'`.execute(database.db);
    const { scope, parcelId } = order;
    const of = { kind: "amount", fen: 1_500 } as const;
    const second = await refundParcel(database.db, scope, { parcelId, of, clientKey: "second" });
    await refund(payments.gateway, second.ok ? second.refundId : "");
    for (let turn = 0; turn < 2; turn++) {
      expect(await settleRefunds(database.db, payments.gateway, order)).toMatchObject({ ok: true });
    }
    expect(await given()).toEqual([1_500, 5_000]);
    // 59.80 of produce: the second refund and 44.80 of the first; the rest of it is freight.
    expect(await booksOf(database.db)).toEqual({
      "stripe:clearing": 280,
      "freight:yanyuan": -280,
    });
    expect((await standingOf(database.db, order.orderId)).refunds).toMatchObject([
      { status: "failed", fen: 5_000 },
      { status: "succeeded", fen: 1_500 },
      { status: "succeeded", fen: 5_000, reason: "by-hand" },
    ]);
  });
});

describe("a refund that Stripe refuses for now", () => {
  test("is asked for again under a new key, shown to the operator, and told once it went", async () => {
    const { refundId, orderId } = await makeLate();
    const { gateway, keys } = refusing("balance_insufficient");
    const start = Date.now();
    let wait = 0;
    for (let turn = 0; turn < 3; turn++) {
      wait += 5 * 2 ** turn;
      const now = new Date(start + (wait - 5 * 2 ** turn) * 60_000);
      expect(await refund(gateway, refundId, now)).toMatchObject({ status: "requested" });
      expect(await tellBuyer()).toBe(0);
      await sql`delete from graphile_worker._private_jobs`.execute(database.db);
      const early = new Date(start + (wait - 0.5) * 60_000);
      expect(await sweepExpired(database.db, { now: early })).toMatchObject({ queued: 0 });
      const due = new Date(start + wait * 60_000 + 1);
      expect(await sweepExpired(database.db, { now: due })).toMatchObject({ queued: 1 });
    }
    expect(new Set(keys).size).toBe(3);
    const operator = operatorScope({ userId: "operator" });
    expect(await readTroubledRefunds(database.db, operator, { limit: 9 })).toMatchObject({
      rows: [{ id: refundId, status: "requested", failure: "balance_insufficient" }],
    });

    expect(await refund(payments.gateway, refundId)).toMatchObject({ status: "succeeded" });
    expect(await tellBuyer()).toBe(1);
    expect(await tellBuyer()).toBe(1);
    expect(await given()).toEqual([6_780]);
    expect(await booksOf(database.db)).toEqual({});
    expect(await standingOf(database.db, orderId)).toMatchObject({
      status: "expired",
      refunds: [{ status: "succeeded", reason: "late-payment" }],
    });
    expect(await readTroubledRefunds(database.db, operator, { limit: 9 })).toMatchObject({
      count: 0,
    });
  });

  test("is noted by the app's own role", async () => {
    const { refundId: id } = await makeLate();
    await database.db.transaction().execute(async (trx) => {
      await sql`set local role tianji_app`.execute(trx);
      await refuseRefund(trx, { id, refusals: 0 }, "balance_insufficient", new Date());
    });
    const kept = await database.db.selectFrom("refunds").select("refusals").execute();
    expect(kept).toEqual([{ refusals: 1 }]);
  });

  test("is not set back by the answer to an earlier try that comes late", async () => {
    const { refundId } = await makeLate();
    const { gateway, keys } = refusing("balance_insufficient");
    const late = Promise.withResolvers<void>();
    const slow: PaymentGateway = {
      ...gateway,
      async refund(asked) {
        const answer = await gateway.refund(asked);
        await late.promise;
        return answer;
      },
    };
    const first = refund(slow, refundId);
    await expect.poll(() => keys).toHaveLength(1);
    await refund(gateway, refundId);
    await refund(gateway, refundId);
    late.resolve();
    await first;
    expect(new Set(keys).size).toBe(2);
    const kept = await database.db.selectFrom("refunds").select("refusals").execute();
    expect(kept).toEqual([{ refusals: 2 }]);
  });

  test.each([
    "charge_already_refunded",
    "payment_intent_unexpected_state",
    "StripeInvalidRequestError",
  ])("but with %s it has failed, and is kept for the buyer", async (code) => {
    const { refundId } = await askFor({ kind: "all" });
    expect(await refund(refusing(code).gateway, refundId)).toMatchObject({ status: "failed" });
    expect(await booksOf(database.db)).toEqual({
      "stripe:clearing": 6_780,
      "owed:yanyuan": -6_780,
    });
  });
});
