import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { verifyLedger } from "#app/domain/ledger/verify-ledger.ts";
import { settleCharge } from "#app/domain/payments/settle-charge.ts";
import { settleRefunds } from "#app/domain/payments/settle-refunds.ts";
import { sweepExpired } from "#app/domain/payments/sweep-expired.ts";
import { reconcile } from "#app/domain/reconcile/reconcile.ts";
import { takeFees } from "#app/domain/reconcile/take-fees.ts";
import { settleGivenJob } from "#app/jobs/settle-given.ts";
import { makeCharged, SOLD } from "#tests/factories/charged-orders.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { makeLostCharge } from "#tests/factories/unmatched.ts";
import { startReachableMarket } from "#tests/setup/webhooks.ts";

let market: Awaited<ReturnType<typeof startReachableMarket>>;
/** No webhook ever comes. */
beforeEach(async () => {
  market = await startReachableMarket();
  await market.payments.control({ drop: true });
  return () => market.close();
});

const HOUR_MS = 60 * 60_000;
const SENT_BACK = "4000000000005126";

/** What the sweeper queues so many minutes from now beside what waits. */
async function sweptAfter(minutes: number): Promise<string[]> {
  await sweepExpired(market.db, { now: new Date(Date.now() + minutes * 60_000) });
  const { rows } = await sql<{ key: string }>`select key from graphile_worker.jobs
    where task_identifier = 'settle-given' order by key`.execute(market.db);
  return rows.map(({ key }) => key);
}

const work = (stripeRefundId: string) =>
  settleGivenJob({ db: market.db, payments: market.payments.gateway }, { stripeRefundId });
const forgetJobs = () => sql`delete from graphile_worker._private_jobs`.execute(market.db);

/** The books as they should be but for fees, with themselves and with Stripe. */
async function agrees(): Promise<void> {
  await takeFees(market.db, market.payments.gateway);
  expect((await verifyLedger(market.db)).differences).toEqual([]);
  const now = new Date(Date.now() + 3 * HOUR_MS);
  const run = await reconcile(market.db, market.payments.gateway, { now });
  expect(run).toMatchObject({ ok: true, differenceCount: 0 });
}

describe("a refund made by hand at Stripe of which no webhook came", () => {
  test("is found five minutes after Stripe's balance told of it, and posted once", async () => {
    const { db, payments } = market;
    const { orderId, chargeId } = await makeCharged(market);
    const given = await payments.stripe.refunds.create({ charge: chargeId, amount: 1_000 });
    await takeFees(db, payments.gateway);
    await forgetJobs();
    expect(await sweptAfter(4)).toEqual([]);
    expect(await sweptAfter(6)).toEqual([`settle-given:${given.id}`]);
    await forgetJobs();
    await work(given.id);
    expect(await sweptAfter(6)).toEqual([]);
    await work(given.id);
    expect(await sweptAfter(6)).toEqual([]);
    const refunds = [{ status: "succeeded", reason: "by-hand", fen: 1_000 }];
    expect(await standingOf(db, orderId)).toMatchObject({ status: "partly-refunded", refunds });
    await agrees();
  });

  test("and so is that the bank has sent it back", async () => {
    const { db, payments } = market;
    const { orderId, chargeId } = await makeCharged(market, SENT_BACK);
    const given = await payments.stripe.refunds.create({ charge: chargeId, amount: 1_000 });
    const { gateway } = payments;
    const kept = {
      ...gateway,
      retrieveCharge: async (id: string) => {
        const found = await gateway.retrieveCharge(id);
        if (!found.ok) return found;
        const refunds = found.charge.refunds.map((each) => ({
          ...each,
          status: "succeeded" as const,
        }));
        return { ok: true as const, charge: { ...found.charge, refunds } };
      },
    };
    await settleRefunds(db, kept, { chargeId });
    expect(await booksOf(db)).not.toEqual(SOLD);
    const status = async () => (await payments.stripe.refunds.retrieve(given.id)).status;
    await expect.poll(status, { timeout: 6_000, interval: 20 }).toBe("failed");
    await takeFees(db, gateway);
    await forgetJobs();
    expect(await sweptAfter(6)).toEqual([`settle-given:${given.id}`]);
    await forgetJobs();
    await work(given.id);
    expect(await sweptAfter(6)).toEqual([]);
    expect(await standingOf(db, orderId)).toMatchObject({ status: "paid" });
    await agrees();
  });

  test("of a payment of no order is posted too", async () => {
    const { db, payments } = market;
    const lost = await makeLostCharge(payments);
    await settleCharge(db, payments.gateway, lost);
    const given = await payments.stripe.refunds.create({ charge: lost.chargeId, amount: 1_000 });
    await takeFees(db, payments.gateway);
    expect(await sweptAfter(6)).toEqual([`settle-given:${given.id}`]);
    await forgetJobs();
    await work(given.id);
    expect(await sweptAfter(6)).toEqual([]);
    expect(await booksOf(db)).toMatchObject({ "suspense:payments": -2_000 });
    await agrees();
  });

  test("that stays unknown is looked at once a day, and keeps no other from its turn", async () => {
    const { db, payments } = market;
    const { chargeId } = await makeCharged(market);
    const given = await payments.stripe.refunds.create({ charge: chargeId, amount: 1_000 });
    await takeFees(db, payments.gateway);
    const { gateway } = payments;
    const silent = {
      ...gateway,
      retrieveCharge: async (id: string) => {
        const found = await gateway.retrieveCharge(id);
        return found.ok ? { ok: true as const, charge: { ...found.charge, refunds: [] } } : found;
      },
    };
    await forgetJobs();
    await settleGivenJob({ db, payments: silent }, { stripeRefundId: given.id });
    const waiting = async () => {
      const { rows } = await sql<{ hours: number }>`select round(extract(epoch from run_at - now())
        / 3600)::int as hours from graphile_worker.jobs where task_identifier = 'settle-given'`.execute(
        db,
      );
      return rows;
    };
    expect(await waiting()).toEqual([{ hours: 24 }]);
    await sweptAfter(6);
    expect(await waiting()).toEqual([{ hours: 24 }]);
  });
});
