import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { balanceOf, differencesOf } from "#tests/factories/balance.ts";
import { makeListed, SOLD } from "#tests/factories/charged-orders.ts";
import { booksOf } from "#tests/factories/look.ts";
import { makeCheckout, makePaidCheckout } from "#tests/factories/payments.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { settleDispute } from "../payments/settle-dispute.ts";
import { settlePayment } from "../payments/settle-payment.ts";
import { settleRefunds } from "../payments/settle-refunds.ts";
import { bookMovements } from "./book-movements.ts";
import { keepMovements } from "./keep-movements.ts";
import { reconcile } from "./reconcile.ts";
import { takeFees } from "./take-fees.ts";

const HOURS_MS = 60 * 60 * 1000;
const FEE_OF_6780 = 466;
let database: TestDatabase;
let payments: TestPayments;
let listing: Awaited<ReturnType<typeof makeListed>>;

beforeEach(async () => {
  [database, payments] = await Promise.all([createTestDatabase(), startTestPayments()]);
  listing = await makeListed(database.db);
  return async () => {
    await payments.close();
    await database.drop();
  };
});

const run = (options: Parameters<typeof reconcile>[2] = {}) =>
  reconcile(database.db, payments.gateway, options);
const later = (hours: number) => new Date(Date.now() + hours * HOURS_MS);
const pay = (quantity: number, card?: string) =>
  makePaidCheckout(database.db, payments, [{ listing, quantity }], card);

async function stripeBalance(): Promise<number> {
  const { available, pending } = await payments.stripe.balance.retrieve();
  return [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0);
}
async function newestCharge(): Promise<string> {
  return (await payments.stripe.charges.list({ limit: 1 })).data[0]?.id ?? "";
}

describe("reconciling with Stripe", () => {
  test("finds no difference after sales, refunds and disputes, and the clearing account is Stripe's balance", async () => {
    const { db } = database;
    await payments.control({ asyncDelayMs: HOURS_MS });
    await pay(2);
    const refunded = { chargeId: await newestCharge() };
    await payments.stripe.refunds.create({ charge: refunded.chargeId, amount: 2_990 });
    await settleRefunds(db, payments.gateway, refunded);
    await pay(1, "4000000000005126");
    const sentBack = { chargeId: await newestCharge() };
    await payments.stripe.refunds.create({ charge: sentBack.chargeId });
    await settleRefunds(db, payments.gateway, sentBack);
    await pay(1, "4000000000000259");
    const [dispute] = (await payments.stripe.disputes.list({ limit: 1 })).data;
    await settleDispute(db, payments.gateway, { disputeId: dispute?.id ?? "" });

    expect(await run({ now: later(3) })).toMatchObject({ ok: true, differenceCount: 0, booked: 3 });
    expect((await booksOf(db))["stripe:clearing"]).toBe(await stripeBalance());
    await expectSentBack(sentBack.chargeId);
    await payments.closeDispute(dispute?.id ?? "", "won");
    await settleRefunds(db, payments.gateway, sentBack);
    await settleDispute(db, payments.gateway, { disputeId: dispute?.id ?? "" });
    expect(await run({ now: later(5) })).toMatchObject({ differenceCount: 0, inFlightCount: 0 });
    expect((await booksOf(db))["stripe:clearing"]).toBe(await stripeBalance());
  });

  /** Waits until the buyer's bank has sent the money back. */
  async function expectSentBack(charge: string) {
    payments.clock.aheadMs += HOURS_MS + 1_000;
    await expect
      .poll(async () => (await payments.stripe.refunds.list({ charge })).data[0]?.status, {
        timeout: 5_000,
      })
      .toBe("failed");
  }

  test("posts each charge's fee once, beside the sale and not in it, however often and by whom", async () => {
    const { db } = database;
    await pay(2);
    expect(await booksOf(db)).toEqual(SOLD);
    await Promise.all([run(), run(), takeFees(db, payments.gateway)]);
    await takeFees(db, payments.gateway);
    await run({ all: true });
    // Should the mark be lost, the key still knows.
    await db.updateTable("stripe_movements").set({ booked_at: null }).execute();
    await takeFees(db, payments.gateway);
    expect(await booksOf(db)).toEqual({
      ...SOLD,
      "stripe:clearing": 6_780 - FEE_OF_6780,
      "stripe-fee:charges": FEE_OF_6780,
    });
    const { rows } = await sql<{ kind: string; cause: string; fen: number[] }>`
      select t.kind, t.cause_type as cause, array_agg(p.fen order by p.fen desc) as fen
      from ledger_transactions t join postings p on p.transaction_id = t.id
      group by t.id order by t.seq`.execute(db);
    expect(rows).toMatchObject([
      { kind: "sale", cause: "order" },
      { kind: "stripe-fee", cause: "payment" },
    ]);
  });

  test("lets one of two that post at the same moment do it", async () => {
    const { db } = database;
    await pay(2);
    const since = { since: null, after: null };
    const whole = await payments.gateway.listMovements(since);
    if (!whole.ok) throw new Error(whole.reason);
    await keepMovements(db, balanceOf(whole.movements), null);
    const contenders = [bookMovements, bookMovements].map((book) => () => book(db));
    const lock = sql`lock table ledger_transactions in share mode`;
    const done = await raceBehind(db, lock, 1, contenders);
    expect(done.map(({ booked }) => booked).sort()).toEqual([0, 1]);
    expect((await booksOf(db))["stripe-fee:charges"]).toBe(FEE_OF_6780);
  });

  test("does not cry out for a payment whose webhook is on the way, and does when none has come", async () => {
    const { db } = database;
    const order = await makeCheckout(db, payments, [{ listing, quantity: 2 }]);
    await payments.pay(order.url);
    const charge = await newestCharge();
    // The charge and its fee: nobody has heard of either.
    expect(await run()).toMatchObject({ differenceCount: 0, inFlightCount: 2, booked: 0 });
    expect(await differencesOf(db)).toEqual([]);
    expect(await run({ now: later(3) })).toMatchObject({ differenceCount: 2, inFlightCount: 0 });
    expect(await differencesOf(db)).toMatchObject([
      { kind: "at-stripe-only", matched_by: `charge:${charge}`, stripe_fen: 6_780 },
      { kind: "at-stripe-only", stripe_fen: -FEE_OF_6780, ledger_fen: null },
    ]);
    expect(await booksOf(db)).toEqual({});

    await settlePayment(db, payments.gateway, order);
    expect(await run({ now: later(4) })).toMatchObject({ differenceCount: 0, booked: 1 });
    expect(await differencesOf(db)).toEqual([]);
  });

  test("asks again for what a run cut short has not seen", async () => {
    const { db } = database;
    await pay(1);
    await pay(1);
    const whole = await payments.gateway.listMovements({ since: null, after: null });
    if (!whole.ok) throw new Error(whole.reason);
    const { listMovements } = balanceOf(whole.movements, 1);
    const away = { ok: false, reason: "payments-unavailable" } as const;
    const failing = {
      listMovements: async (asked: Parameters<typeof listMovements>[0]) =>
        asked.after === null ? listMovements(asked) : away,
    };
    expect(await reconcile(db, failing)).toEqual(away);
    const failed = await db
      .selectFrom("reconciliations")
      .select(["status", "movement_count", "difference_count"])
      .execute();
    expect(failed).toEqual([{ status: "failed", movement_count: 1, difference_count: null }]);
    expect(await run({ now: later(3) })).toMatchObject({ ok: true, differenceCount: 0, booked: 2 });
    // From now on it asks for three days more than the time since the last run.
    await run({ now: later(100) });
    const { since } = await db
      .selectFrom("reconciliations")
      .select("since")
      .orderBy("started_at", "desc")
      .executeTakeFirstOrThrow();
    expect(Math.round((Number(since) - Date.now()) / HOURS_MS)).toBe(3 - 72);
  });
});
