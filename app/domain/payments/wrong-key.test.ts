import { sql } from "kysely";
import pino from "pino";
import { beforeEach, describe, expect, test } from "vitest";
import { refundPaymentJob } from "#app/jobs/refund-payment.ts";
import { settleDisputeJob } from "#app/jobs/settle-dispute.ts";
import { settleRefundsJob } from "#app/jobs/settle-refunds.ts";
import { makeCharged, SOLD } from "#tests/factories/charged-orders.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { readTroubledRefunds } from "../operations/read-troubled-refunds.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { recordPaymentEvent } from "./record-event.ts";
import { sweepExpired } from "./sweep-expired.ts";

// For a while the market has the key of another Stripe account, which knows nothing of its payments.

let market: TestDatabase & { payments: TestPayments; other: TestPayments };
beforeEach(async () => {
  const [payments, other] = [await startTestPayments(), await startTestPayments()];
  const database = await createTestDatabase();
  market = { ...database, payments, other };
  return async () => {
    await payments.close();
    await other.close();
    await database.drop();
  };
});

const log = pino({ level: "silent" });
const withKey = ({ gateway }: TestPayments) => ({ db: market.db, payments: gateway, log });

/** A household's produce of 10.00 is to be given back to the buyer. */
async function askBack(card?: string) {
  const order = await makeCharged(market, card);
  const of = { kind: "amount", fen: 1_000 } as const;
  const { scope, parcelId } = order;
  const asked = await refundParcel(market.db, scope, { parcelId, of, clientKey: "form" });
  if (!asked.ok) throw new Error(asked.reason);
  return { ...order, refundId: asked.refundId };
}

const refundsAtStripe = async () =>
  (await market.payments.stripe.refunds.list({})).data.map(({ amount }) => amount);

describe("a refund", () => {
  test("that Stripe has not got yet waits, with the reason for the operator, and goes out later", async () => {
    const { db, payments, other } = market;
    const { refundId, orderId } = await askBack();
    await refundPaymentJob(withKey(other), { refundId });
    expect((await standingOf(db, orderId)).refunds).toMatchObject([{ status: "requested" }]);
    const operator = operatorScope({ userId: "operator" });
    expect(await readTroubledRefunds(db, operator, { limit: 9 })).toMatchObject({
      rows: [{ id: refundId, status: "requested", failure: "resource_missing" }],
    });
    await refundPaymentJob(withKey(payments), { refundId });
    expect((await standingOf(db, orderId)).refunds).toMatchObject([{ status: "succeeded" }]);
    expect(await refundsAtStripe()).toEqual([1_000]);
  });

  test("that is on its way is not taken back in the books, nor given twice", async () => {
    const { db, payments, other } = market;
    await payments.control({ asyncDelayMs: 60_000 });
    const { refundId, orderId } = await askBack("4000000000007726");
    await refundPaymentJob(withKey(payments), { refundId });
    const before = [await standingOf(db, orderId), await booksOf(db)];
    expect(before).toMatchObject([{ refunds: [{ status: "pending" }] }, {}]);
    await expect(refundPaymentJob(withKey(other), { refundId })).rejects.toThrow();
    expect([await standingOf(db, orderId), await booksOf(db)]).toEqual(before);
    await refundPaymentJob(withKey(payments), { refundId });
    expect([await standingOf(db, orderId), await booksOf(db)]).toEqual(before);
  });
});

describe("an event that Stripe has sent", () => {
  /** The event comes while the key is wrong; afterwards it waits, and the sweeper takes it up. */
  async function hear(type: string, objectId: string, of: Record<string, string>) {
    const none = { disputeId: null, checkoutSessionId: null, refundId: null };
    await recordPaymentEvent(market.db, {
      ...{ id: "evt_1", type, objectId, createdAt: new Date() },
      ...{ ...none, refundedChargeId: null, failedPaymentIntentId: null },
      ...of,
    });
  }
  async function waits(key: string) {
    const { db } = market;
    const open = await db.selectFrom("stripe_events").select("processed_at").execute();
    await sql`delete from graphile_worker._private_jobs`.execute(db);
    await sweepExpired(db, { now: new Date(Date.now() + 6 * 60_000) });
    const { rows } = await sql<{ key: string }>`select key from graphile_worker.jobs`.execute(db);
    return (
      open.every((event) => event.processed_at === null) && rows.some((job) => job.key === key)
    );
  }

  test("of a dispute is not done with: it stops the order once the key is right", async () => {
    const { db, payments, other } = market;
    const { orderId } = await makeCharged(market, "4000000000000259");
    const disputeId = (await payments.stripe.disputes.list({ limit: 1 })).data[0]?.id ?? "";
    await hear("charge.dispute.created", disputeId, { disputeId });
    await expect(settleDisputeJob(withKey(other), { disputeId })).rejects.toThrow();
    expect(await waits(`settle-dispute:${disputeId}`)).toBe(true);
    await settleDisputeJob(withKey(payments), { disputeId });
    expect(await standingOf(db, orderId)).toMatchObject({ status: "disputed" });
    expect(await waits(`settle-dispute:${disputeId}`)).toBe(false);
  });

  test("of a refund made by hand is not done with: it is posted once the key is right", async () => {
    const { db, payments, other } = market;
    const { chargeId } = await makeCharged(market);
    await payments.stripe.refunds.create({ charge: chargeId, amount: 1_000 });
    await hear("charge.refunded", chargeId, { refundedChargeId: chargeId });
    await expect(settleRefundsJob(withKey(other), { chargeId })).rejects.toThrow();
    expect(await waits(`settle-refunds:${chargeId}`)).toBe(true);
    expect(await booksOf(db)).toEqual(SOLD);
    await settleRefundsJob(withKey(payments), { chargeId });
    expect((await booksOf(db))["stripe:clearing"]).toBe(5_780);
    expect(await waits(`settle-refunds:${chargeId}`)).toBe(false);
  });
});
