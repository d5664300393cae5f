import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { verifyLedger } from "#app/domain/ledger/verify-ledger.ts";
import { readUnmatched } from "#app/domain/operations/read-unmatched.ts";
import { settleCharge } from "#app/domain/payments/settle-charge.ts";
import { settlePayment } from "#app/domain/payments/settle-payment.ts";
import { settleRefunds } from "#app/domain/payments/settle-refunds.ts";
import { sweepExpired } from "#app/domain/payments/sweep-expired.ts";
import { reconcile } from "#app/domain/reconcile/reconcile.ts";
import { takeFees } from "#app/domain/reconcile/take-fees.ts";
import { makeListed, SOLD } from "#tests/factories/charged-orders.ts";
import { booksOf } from "#tests/factories/look.ts";
import { makeCheckout } from "#tests/factories/payments.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { makeLostCharge, newestCharge } from "#tests/factories/unmatched.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { startReachableMarket } from "#tests/setup/webhooks.ts";

let market: Awaited<ReturnType<typeof startReachableMarket>>;
beforeEach(async () => {
  market = await startReachableMarket();
  await market.payments.control({ duplicate: 2, disorder: true });
  return () => market.close();
});

const HOUR_MS = 60 * 60_000;
const [SENT_BACK, DISPUTED] = ["4000000000005126", "4000000000000259"];
const FEE = 337;
const ASIDE = { "stripe:clearing": 3_000, "suspense:payments": -3_000 };

const makeLost = (card?: string) => makeLostCharge(market.payments, card);

const listed = async () => {
  const operator = operatorScope({ userId: "operator" });
  const { count, rows } = await readUnmatched(market.db, operator, { limit: 9 });
  expect(count).toBe(rows.length);
  return rows.map(({ chargeId, paidFen, leftFen }) => ({ chargeId, paidFen, leftFen }));
};
const keys = async () => {
  const rows = await market.db
    .selectFrom("ledger_transactions")
    .select("idempotency_key as key")
    .orderBy("seq")
    .execute();
  return rows.map(({ key }) => key.split(":")[0]);
};

/** Both ways: the rows with their postings, and the books with Stripe. */
async function agrees(): Promise<void> {
  expect((await verifyLedger(market.db)).differences).toEqual([]);
  const now = new Date(Date.now() + 24 * HOUR_MS);
  const { gateway } = market.payments;
  const run = await reconcile(market.db, gateway, { now, all: true });
  expect(run).toMatchObject({ ok: true, differenceCount: 0, inFlightCount: 0 });
  expect((await verifyLedger(market.db)).differences).toEqual([]);
}

describe("money at Stripe that belongs to no order", () => {
  test("is put aside, and leaves as it is given back there, each event three times and in any order", async () => {
    const { db, payments } = market;
    const { checkoutSessionId, chargeId } = await makeLost();
    await market.hear("checkout.session.completed", checkoutSessionId);
    expect(await booksOf(db)).toEqual(ASIDE);
    expect(await listed()).toEqual([{ chargeId, paidFen: 3_000, leftFen: 3_000 }]);
    await payments.stripe.refunds.create({ charge: chargeId, amount: 1_000 });
    await market.hear("charge.refunded", chargeId);
    expect(await booksOf(db)).toEqual({ "stripe:clearing": 2_000, "suspense:payments": -2_000 });
    expect(await listed()).toEqual([{ chargeId, paidFen: 3_000, leftFen: 2_000 }]);
    await agrees();
    const rest = await payments.stripe.refunds.create({ charge: chargeId });
    await market.hear("refund.updated", rest.id);
    expect(await booksOf(db)).toEqual({ "stripe:clearing": -FEE, "stripe-fee:charges": FEE });
    expect(await listed()).toEqual([]);
    await agrees();
    const events = await db
      .selectFrom("stripe_events")
      .select("outcome")
      .where("processed_at", "is not", null)
      .execute();
    expect(new Set(events.map(({ outcome }) => outcome))).toEqual(
      new Set(["ignored", "unmatched"]),
    );
  });

  test("whose webhooks came before the restore is found by Stripe's balance", async () => {
    const { db, payments } = market;
    await payments.control({ drop: true });
    const listing = await makeListed(db);
    const lost = await makeLost();
    const order = await makeCheckout(db, payments, [{ listing, quantity: 2 }]);
    await payments.pay(order.url);
    await sql`delete from stripe_events`.execute(db);
    const { gateway } = payments;
    // A charge without a fee is looked for as any.
    await takeFees(db, {
      async listMovements(asked) {
        const page = await gateway.listMovements(asked);
        if (!page.ok) return page;
        return { ...page, movements: page.movements.map((line) => ({ ...line, feeFen: 0 })) };
      },
    });
    const dueAfter = async (minutes: number) => {
      await sql`delete from graphile_worker._private_jobs`.execute(db);
      await sweepExpired(db, { now: new Date(Date.now() + minutes * 60_000) });
      const { rows } = await sql<{ key: string }>`select key from graphile_worker.jobs
        where task_identifier = 'settle-charge' order by key`.execute(db);
      return rows.map(({ key }) => key);
    };
    expect(await dueAfter(4)).toEqual([]);
    const sold = { chargeId: await newestCharge(payments) };
    const both = [lost, sold].map(({ chargeId }) => `settle-charge:${chargeId}`);
    expect(await dueAfter(6)).toEqual(both.sort());
    expect(await settleCharge(db, gateway, lost)).toMatchObject({ outcome: "unmatched" });
    expect(await settleCharge(db, gateway, sold)).toMatchObject({ outcome: "known" });
    const findCheckout = async () => ({ ok: true as const, checkoutSessionId: null });
    const forgetful = { ...gateway, findCheckout };
    expect(await settleCharge(db, forgetful, sold)).toMatchObject({ outcome: "known" });
    // What is an order's is not put aside.
    expect(await booksOf(db)).toEqual({
      ...SOLD,
      "stripe:clearing": SOLD["stripe:clearing"] + 3_000,
      "suspense:payments": -3_000,
    });
    expect(await listed()).toMatchObject([{ chargeId: lost.chargeId }]);
    expect(await dueAfter(6)).toEqual([]);
    await agrees();
    expect(await dueAfter(23 * 60)).toEqual([]);
    // Once a day what is left is looked at, for a refund of which no webhook came.
    expect(await dueAfter(25 * 60)).toEqual([`settle-charge:${lost.chargeId}`]);
  });

  test("is posted once by looks that race, and none is undone by a look that is late", async () => {
    const { db, payments } = market;
    await payments.control({ drop: true });
    const lost = await makeLost(SENT_BACK);
    const { gateway } = payments;
    const { id } = await payments.stripe.refunds.create({ charge: lost.chargeId, amount: 1_000 });
    const before = await gateway.retrieveCharge(lost.chargeId);
    for (let tries = 0; (await payments.stripe.refunds.retrieve(id)).status !== "failed"; tries++) {
      if (tries === 300) throw new Error("it was not sent back");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const late = { ...gateway, retrieveCharge: async () => before };
    const looks = [
      () => settlePayment(db, gateway, lost),
      () => settleCharge(db, late, lost),
      () => settleRefunds(db, gateway, lost),
      () => settleCharge(db, gateway, lost),
    ];
    const lock = sql`lock table unmatched_payments in exclusive mode`;
    const settled = await raceBehind<unknown>(db, lock, looks.length, looks);
    expect(settled).toMatchObject([
      { reason: "unmatched" },
      { outcome: "unmatched" },
      { outcome: "unmatched" },
      { outcome: "unmatched" },
    ]);
    await settleCharge(db, late, lost);
    expect((await keys()).sort()).toEqual([
      "unmatched",
      "unmatched-refund",
      "unmatched-refund-failed",
    ]);
    expect(await listed()).toEqual([{ chargeId: lost.chargeId, paidFen: 3_000, leftFen: 3_000 }]);
    await agrees();
  });

  test("is out of the books while a bank has it, and in them again when the bank gives it back", async () => {
    const { db, payments } = market;
    const { chargeId } = await makeLost(DISPUTED);
    const { data } = await payments.stripe.disputes.list({ charge: chargeId });
    const disputeId = data[0]?.id ?? "";
    await market.hear("charge.dispute.created", disputeId);
    const fee = { "stripe:clearing": -10_000, "stripe-fee:disputes": 10_000 };
    expect(await booksOf(db)).toEqual(fee);
    expect(await listed()).toEqual([]);
    await agrees();
    await payments.closeDispute(disputeId, "won");
    await market.hear("charge.dispute.closed", disputeId);
    const charged = { "stripe:clearing": 3_000 - FEE, "stripe-fee:charges": FEE };
    expect(await booksOf(db)).toEqual({ ...ASIDE, ...charged });
    expect(await listed()).toMatchObject([{ leftFen: 3_000 }]);
    await agrees();
  });

  test("in another currency has accounts of its own and is never added to fen", async () => {
    const { db, payments } = market;
    await payments.control({ drop: true });
    const { chargeId } = await makeLost();
    const gateway = {
      ...payments.gateway,
      async retrieveCharge(id: string) {
        const found = await payments.gateway.retrieveCharge(id);
        if (!found.ok || !found.charge.paid) throw new Error("no such charge");
        const { charge } = found;
        return { ...found, charge: { ...charge, paid: { ...found.charge.paid, currency: "usd" } } };
      },
    };
    await settleCharge(db, gateway, { chargeId });
    expect(await booksOf(db)).toEqual({
      "stripe:clearing-usd": 3_000,
      "suspense:payments-usd": -3_000,
    });
    expect((await verifyLedger(db)).differences).toEqual([]);
  });
});
