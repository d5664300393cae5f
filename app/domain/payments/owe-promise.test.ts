import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { booksOf } from "#tests/factories/look.ts";
import { carryOutRefunds, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { readTroubledRefunds } from "../operations/read-troubled-refunds.ts";
import { readOrder } from "../orders/read-order.ts";
import { acceptParcel } from "../parcels/accept-parcel.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";
import { packParcel } from "../parcels/pack-parcel.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { shipParcel } from "../parcels/ship-parcel.ts";
import { bookTransfer } from "./book-transfer.ts";
import { keepRefund } from "./keep-refund.ts";
import { planTransfer } from "./plan-transfer.ts";
import { settleRefunds } from "./settle-refunds.ts";
import { takeBackTransfer } from "./take-back-transfer.ts";

const operator = operatorScope({ userId: "operator" });
let market: PayingMarket;
let order: Awaited<ReturnType<typeof makePaidCheckout>>;

/** A box of each of two households, ¥29.90 each and ¥8.00 of freight, paid. */
beforeEach(async () => {
  market = await openPayingMarket();
  const { db, payments } = market;
  const cooperative = await makeCooperative(db, { slug: "yanyuan" });
  const items = [];
  for (const reliefCode of ["LS-000001", "LS-000002"]) {
    const household = await makeHousehold(db, { cooperative, reliefCode });
    const listing = await makeListing(db, { lots: [{ household, quantity: 5 }] });
    items.push({ listing, quantity: 1 });
  }
  order = await makePaidCheckout(db, payments, items);
  return async () => {
    expect((await verifyLedger(db)).differences).toEqual([]);
    await market.drop();
  };
});

/** The cooperative gives so much of a line's goods back, and it has gone; its id. */
async function give(fen: number, line = 0): Promise<string> {
  const { db, payments } = market;
  const { scope, parcelId, lineId } = order.lines[line] ?? {};
  if (!scope || !parcelId || !lineId) throw new Error("the order has no such line");
  const of = { kind: "amount", fen, orderLineId: lineId } as const;
  const asked = await refundParcel(db, scope, { parcelId, of, clientKey: uuidv7() });
  if (!asked.ok) throw new Error(asked.reason);
  await carryOutRefunds(db, payments, order.orderId);
  return asked.refundId;
}

/** Its bank sends it back. */
async function sendBack(id: string) {
  const { stripe_refund_id } = await market.db
    .selectFrom("refunds")
    .select("stripe_refund_id")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const failed = { status: "failed", failure: "expired_or_canceled_card" } as const;
  const of = { id, orderId: order.orderId };
  return keepRefund(market.db, of, { ...failed, id: stripe_refund_id });
}

async function giveByHand(amount: number): Promise<void> {
  const { charge_id: charge } = await market.db
    .selectFrom("payments")
    .select("charge_id")
    .executeTakeFirstOrThrow();
  const chargeId = charge ?? "";
  await market.payments.stripe.refunds.create({ charge: chargeId, amount });
  const settled = await settleRefunds(market.db, market.payments.gateway, { chargeId });
  expect(settled).toMatchObject({ ok: true });
}

/** Books a bank transfer as the page planned it. */
async function transfer(fen: number) {
  const owedFor = { orderNumber: order.number };
  const planned = await planTransfer(market.db, operator, { owedFor, fen });
  const paid = { fen, paidOn: shanghaiDay(new Date()), reference: `ICBC-${fen}` };
  const of = { owedFor, ...paid, clientKey: uuidv7(), seen: planned?.plan?.mark ?? "none" };
  return bookTransfer(market.db, operator, of);
}

/** What the operator sees of failed refunds, oldest first, and what the buyer reads is owed. */
async function shown() {
  const { rows } = await readTroubledRefunds(market.db, operator, { limit: 9 });
  const view = await readOrder(market.db, order.buyer, order.number);
  const failed = rows.filter(({ status }) => status === "failed");
  return {
    failed: failed.map(({ id, owedFen }) => [id, owedFen]).sort(),
    owedFen: view?.stillOwedFen,
  };
}

const told = async () =>
  (await market.db.selectFrom("messages").select(["template", "params"]).orderBy("id").execute())
    .filter(({ template }) => template === "refund.not-arrived")
    .map(({ params }) => params);

describe("a part refund that the bank sends back", () => {
  test("is owed to the buyer: she is told, it may be paid by transfer, and no household has it", async () => {
    const sold = await booksOf(market.db);
    const id = await give(1_000);
    const given = await booksOf(market.db);
    expect(given["relief:LS-000002"]).toBe(sold["relief:LS-000002"]);
    for (const _ of [1, 2]) expect(await sendBack(id)).toBe("kept");
    expect(await shown()).toEqual({ failed: [[id, 1_000]], owedFen: 1_000 });
    expect(await told()).toEqual([{ number: order.number, fen: 1_000 }]);
    const { "stripe:clearing": atStripe = 0, ...rest } = given;
    expect(await booksOf(market.db)).toEqual({
      ...rest,
      "stripe:clearing": atStripe + 1_000,
      "owed:yanyuan": -1_000,
    });
    expect(await transfer(1_000)).toMatchObject({ ok: true });
    expect(await shown()).toEqual({ failed: [], owedFen: 0 });
    expect(await booksOf(market.db)).toMatchObject({ ...rest, "bank:market": -1_000 });
  });

  test.each(["before", "after"])(
    "stays owed whatever is given back %s it, which is a promise of its own",
    async (when) => {
      const first = await give(1_000);
      if (when === "before") await sendBack(first);
      await give(100);
      if (when === "after") await sendBack(first);
      expect(await shown()).toEqual({ failed: [[first, 1_000]], owedFen: 1_000 });
    },
  );

  test("and is given anew by hand comes from whom it was to come, in parts too", async () => {
    const id = await give(1_000);
    const given = await booksOf(market.db);
    await sendBack(id);
    await giveByHand(400);
    expect(await shown()).toEqual({ failed: [[id, 600]], owedFen: 600 });
    await giveByHand(600);
    expect(await shown()).toEqual({ failed: [], owedFen: 0 });
    expect(await booksOf(market.db)).toEqual(given);
  });

  test("is replaced by what is given of the same amount, else the oldest first", async () => {
    const [first, second, third] = [await give(1_000), await give(500, 1), await give(300)];
    for (const id of [third, second, first]) await sendBack(id);
    expect((await shown()).owedFen).toBe(1_800);
    await giveByHand(500);
    expect((await shown()).failed).toEqual([
      [first, 1_000],
      [third, 300],
    ]);
    expect(await transfer(1_100)).toMatchObject({ ok: true });
    expect(await shown()).toEqual({ failed: [[third, 200]], owedFen: 200 });
    // Beyond what was promised the usual rule: what is left of both lines.
    const before = await booksOf(market.db);
    await giveByHand(300);
    expect(await shown()).toEqual({ failed: [], owedFen: 0 });
    const after = await booksOf(market.db);
    const took = (code: string) => (after[code] ?? 0) - (before[code] ?? 0);
    expect(took("owed:yanyuan")).toBe(200);
    expect(took("relief:LS-000001") + took("relief:LS-000002")).toBeGreaterThan(90);
  });

  test("is owed again when what was given in its stead does not arrive either", async () => {
    const id = await give(1_000);
    await sendBack(id);
    await giveByHand(700);
    const { id: again } = await market.db
      .selectFrom("refunds")
      .select("id")
      .where("reason", "=", "by-hand")
      .executeTakeFirstOrThrow();
    await sendBack(again);
    expect(await shown()).toEqual({ failed: [[id, 1_000]], owedFen: 1_000 });
    expect(await told()).toHaveLength(2);
    await transfer(1_000);
    const { id: paid } = await market.db
      .selectFrom("refunds")
      .select("id")
      .where("bank_reference", "is not", null)
      .executeTakeFirstOrThrow();
    await takeBackTransfer(market.db, operator, { refundId: paid, fault: "transfer-returned" });
    expect(await shown()).toEqual({ failed: [[id, 1_000]], owedFen: 1_000 });
  });

  test("goes back with all the rest when its parcel is called off", async () => {
    const { scope, parcelId } = order.lines[0] ?? {};
    if (!scope || !parcelId) throw new Error("the order has no line");
    await sendBack(await give(1_000));
    const off = await cancelParcel(market.db, scope, { parcelId, reason: "霜冻" });
    expect(off).toMatchObject({ ok: true });
    expect(await shown()).toEqual({ failed: [], owedFen: 0 });
    const { id } = await market.db
      .selectFrom("refunds")
      .select("id")
      .where("status", "=", "requested")
      .where("fen", "=", order.totalFen)
      .executeTakeFirstOrThrow();
    const refused = { status: "failed", id: null, failure: "charge_already_refunded" } as const;
    await keepRefund(market.db, { id, orderId: order.orderId }, refused);
    expect((await shown()).owedFen).toBe(order.totalFen);
  });

  test("pays for what a bank gives her of it, and is owed again when the bank takes that back", async () => {
    const id = await give(1_000);
    await sendBack(id);
    const { db, payments } = market;
    const { scope, parcelId } = order.lines[0] ?? {};
    if (!scope || !parcelId) throw new Error("the order has no line");
    await acceptParcel(db, scope, { parcelId });
    await packParcel(db, scope, { parcelId });
    const tracked = { carrier: "sf", trackingNumber: "SF1234567890" } as const;
    expect(await shipParcel(db, scope, { parcelId, ...tracked })).toMatchObject({ ok: true });
    const dispute = { orderId: order.orderId, fen: order.totalFen, id: "dp_1" };
    await settleDisputed(db, payments, { ...dispute, status: "needs_response" });
    expect((await shown()).owedFen).toBe(1_000);
    await settleDisputed(db, payments, { ...dispute, status: "lost" });
    expect((await shown()).owedFen).toBe(0);
    expect(await booksOf(db)).toMatchObject({ "dispute-loss:market": order.totalFen - 1_000 });
    await settleDisputed(db, payments, { ...dispute, status: "won" });
    expect(await shown()).toEqual({ failed: [[id, 1_000]], owedFen: 1_000 });
  });

  test("while another is paid by transfer is neither lost nor paid twice", async () => {
    const [first, second] = [await give(1_000), await give(500)];
    await sendBack(first);
    const lock = sql`select id from orders where id = ${order.orderId} for update`;
    const [booked] = await raceBehind<unknown>(market.db, lock, 2, [
      () => transfer(1_000),
      () => sendBack(second),
    ]);
    const isBooked = (booked as { ok: boolean }).ok;
    // The plan that was shown may not hold any more: then nothing is booked.
    if (!isBooked) expect(booked).toMatchObject({ reason: "plan-changed" });
    expect((await shown()).failed).toEqual([...(isBooked ? [] : [[first, 1_000]]), [second, 500]]);
  });
});
