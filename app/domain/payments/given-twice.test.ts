import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import { differencesOf } from "#tests/factories/balance.ts";
import { makeCharged, SOLD } from "#tests/factories/charged-orders.ts";
import { foundIn } from "#tests/factories/forge.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { carryOutRefunds, refusingForGood } from "#tests/factories/payments.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { payAgain } from "#tests/factories/second-payments.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { readGivenTwice } from "../operations/read-given-twice.ts";
import { readOwedBuyers } from "../operations/read-owed-buyers.ts";
import { readSuspense } from "../operations/read-suspense.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { reconcile } from "../reconcile/reconcile.ts";
import { bookTransfer } from "./book-transfer.ts";
import { cancelOrder } from "./cancel-order.ts";
import { type OwedFor, planTransfer } from "./plan-transfer.ts";
import { settleRefunds } from "./settle-refunds.ts";
import { takeBackTransfer } from "./take-back-transfer.ts";

const operator = operatorScope({ userId: "operator" });
let market: PayingMarket;
let order: Awaited<ReturnType<typeof makeCharged>>;

/** An order of CNY 67.80, paid. */
beforeEach(async () => {
  market = await openPayingMarket();
  order = await makeCharged(market);
  return () => market.drop();
});

async function transfer(owedFor: OwedFor, fen: number): Promise<string> {
  const { db } = market;
  const planned = await planTransfer(db, operator, { owedFor, fen });
  const reference = `ICBC-${uuidv7()}`;
  const booked = await bookTransfer(db, operator, {
    ...{ owedFor, fen, reference, seen: planned?.plan?.mark ?? "" },
    ...{ paidOn: shanghaiDay(new Date()), clientKey: uuidv7() },
  });
  expect(booked).toMatchObject({ ok: true });
  const { id } = await db
    .selectFrom("refunds")
    .select("id")
    .where("bank_reference", "=", reference)
    .executeTakeFirstOrThrow();
  return id;
}

const takeBack = (refundId: string) =>
  takeBackTransfer(market.db, operator, { refundId, fault: "transfer-returned" });
const byHand = (charge: string, amount: number) =>
  market.payments.stripe.refunds.create({ charge, amount });

const look = (chargeId: string) => settleRefunds(market.db, market.payments.gateway, { chargeId });

/** Cancelled, Stripe gives nothing back, and all of it is paid to the buyer's bank account. */
async function paidByTransfer(): Promise<string> {
  const { db, payments } = market;
  const { buyer, number, orderId } = order;
  await cancelOrder(db, payments.gateway, buyer, { number, withRefund: true });
  await carryOutRefunds(db, refusingForGood(payments), orderId);
  return transfer({ orderNumber: number }, 6_780);
}

/** Paid a second time, Stripe gives nothing back, and so much is paid to the buyer's bank account. */
async function asideByTransfer(fen: number) {
  const { db, payments } = market;
  const second = await payAgain(db, payments, order);
  await carryOutRefunds(db, refusingForGood(payments), order.orderId);
  const transferId = await transfer({ paymentId: second.id }, fen);
  return { ...second, transferId };
}

async function stripeBalance(): Promise<number> {
  const { available, pending } = await market.payments.stripe.balance.retrieve();
  return [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0);
}

/** Nothing differs between Stripe, the books and the rows. */
async function isTrue() {
  const { db, payments } = market;
  expect((await verifyLedger(db)).differences).toEqual([]);
  await reconcile(db, payments.gateway, { now: new Date(Date.now() + 5 * 3_600_000) });
  expect(await differencesOf(db)).toEqual([]);
  expect((await booksOf(db))["stripe:clearing"] ?? 0).toBe(await stripeBalance());
}

const twice = async () => {
  const { rows } = await readGivenTwice(market.db, operator, { limit: 9 });
  return rows.map(({ orderNumber, fen, givenFen }) => ({ orderNumber, fen, givenFen }));
};
const aside = async () => {
  const { rows } = await readSuspense(market.db, operator, { limit: 9 });
  return rows.map(({ leftFen }) => leftFen);
};

describe("a refund made by hand of what a bank transfer had paid already", () => {
  test("is posted once as the market's loss, shown, and no household gives for it", async () => {
    const { db } = market;
    await paidByTransfer();
    const before = await booksOf(db);
    await byHand(order.chargeId, 6_780);
    const lock = sql`select 1 from orders where id = ${order.orderId} for update`;
    const looks = [1, 2, 3].map(() => () => look(order.chargeId));
    for (const seen of await raceBehind(db, lock, 3, looks))
      expect(seen).toMatchObject({ ok: true });
    expect(before).toEqual({ "stripe:clearing": 6_780, "bank:market": -6_780 });
    expect(await booksOf(db)).toEqual({ "bank:market": -6_780, "given-twice:market": 6_780 });
    expect(await twice()).toEqual([{ orderNumber: order.number, fen: 6_780, givenFen: 6_780 }]);
    expect((await standingOf(db, order.orderId)).status).toBe("refunded");
    await isTrue();
  });

  test("counts for what is owed when the transfer is taken back", async () => {
    const { db } = market;
    const transferId = await paidByTransfer();
    await byHand(order.chargeId, 6_780);
    await look(order.chargeId);
    await takeBack(transferId);
    await look(order.chargeId);
    expect(await twice()).toEqual([]);
    expect(await readOwedBuyers(db, operator, { limit: 9 })).toMatchObject({ count: 0 });
    const books = await booksOf(db);
    expect(Object.keys(books).filter((code) => !/^stripe/.test(code))).toEqual([]);
    expect((await standingOf(db, order.orderId)).status).toBe("refunded");
    const told = await sql`select from messages where template = 'refund.by-hand'`.execute(db);
    expect(told.rows).toHaveLength(1);
    await isTrue();
  });

  test("is no loss any more when it fails at Stripe", async () => {
    const { db, payments } = market;
    await paidByTransfer();
    const before = await booksOf(db);
    const { id } = await byHand(order.chargeId, 6_780);
    await look(order.chargeId);
    expect(await twice()).toHaveLength(1);
    const found = await payments.gateway.retrieveCharge(order.chargeId);
    if (!found.ok) throw new Error(found.reason);
    const refunds = found.charge.refunds.map((each) =>
      each.id === id ? { ...each, status: "failed" as const } : each,
    );
    const retrieveCharge = async () => ({
      ok: true as const,
      charge: { ...found.charge, refunds },
    });
    const failing = { ...payments.gateway, retrieveCharge };
    await settleRefunds(db, failing, order);
    expect(await booksOf(db)).toEqual(before);
    expect(await twice()).toEqual([]);
    expect((await verifyLedger(db)).differences).toEqual([]);
  });

  test("holds up no other, also while it waits for a refund of ours", async () => {
    const { db, payments } = market;
    const { scope, parcelId } = order;
    const of = { kind: "amount", fen: 1_000 } as const;
    await refundParcel(db, scope, { parcelId, of, clientKey: "form" });
    await byHand(order.chargeId, 6_000);
    await byHand(order.chargeId, 500);
    expect(await look(order.chargeId)).toMatchObject({ reason: "more-than-left" });
    expect((await booksOf(db))["stripe:clearing"]).toBe(6_280);
    await carryOutRefunds(db, payments, order.orderId);
    expect(await look(order.chargeId)).toMatchObject({ ok: true });
    expect(await twice()).toEqual([]);
    await isTrue();
  });
});

describe("a payment put aside, paid back in part by bank transfer and then whole by hand", () => {
  test("gives what was left, and the rest is the market's loss", async () => {
    const { db } = market;
    const { chargeId, transferId } = await asideByTransfer(3_000);
    expect(await aside()).toEqual([3_780]);
    await byHand(chargeId, 6_780);
    await look(chargeId);
    await look(chargeId);
    expect(await aside()).toEqual([]);
    expect(await twice()).toEqual([{ orderNumber: order.number, fen: 3_000, givenFen: 6_780 }]);
    const after = { "bank:market": -3_000, "given-twice:market": 3_000 };
    expect(await booksOf(db)).toMatchObject({
      ...after,
      "relief:LS-000123": SOLD["relief:LS-000123"],
    });
    expect((await booksOf(db))["suspense:payments"]).toBeUndefined();
    await isTrue();
    await takeBack(transferId);
    expect(await twice()).toEqual([]);
    expect(await aside()).toEqual([]);
    expect(Object.keys(await booksOf(db)).sort()).toEqual(
      [...Object.keys(SOLD), "stripe-fee:charges"].sort(),
    );
    await isTrue();
  });

  test("in two refunds: what is left goes to the first, and a smaller transfer leaves some", async () => {
    const { chargeId, transferId } = await asideByTransfer(3_000);
    await byHand(chargeId, 3_000);
    await byHand(chargeId, 1_000);
    await look(chargeId);
    expect(await twice()).toEqual([{ orderNumber: order.number, fen: 220, givenFen: 1_000 }]);
    await takeBack(transferId);
    expect(await twice()).toEqual([]);
    expect(await aside()).toEqual([2_780]);
    await isTrue();
  });

  test.each([
    [
      "its posting",
      sql`update postings set account_id = (select id from ledger_accounts
      where code = 'suspense:payments') where account_id = (select id from ledger_accounts
      where code = 'given-twice:market')`,
    ],
    [
      "its part",
      sql`update refund_parts set fen = fen - 5
      where account_code = 'given-twice:market'`,
    ],
    ["its part gone", sql`delete from refund_parts where account_code = 'given-twice:market'`],
  ])("is held to its rows by verify-ledger: %s", async (_name, forgery) => {
    const { chargeId } = await asideByTransfer(3_000);
    await byHand(chargeId, 6_780);
    await look(chargeId);
    const found = await foundIn(market.db, [forgery]);
    expect(found.map(({ kind }) => kind)).toContain("refund-differs");
  });
});

test("the database refuses more than was paid, but for what is written down as given twice", async () => {
  const { db } = market;
  const insert = () =>
    sql`insert into refunds (id, payment_id, order_id, idempotency_key, status, reason, fen)
      select ${uuidv7()}, id, order_id, ${uuidv7()}, 'requested', 'by-hand', fen
      from payments`.execute(db);
  await insert();
  await expect(insert()).rejects.toMatchObject({ constraint: "refunds_stay_within_payment" });
});
