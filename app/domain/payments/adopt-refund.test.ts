import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import {
  carryOutRefunds,
  makeCheckout,
  makePaidCheckout,
  refusingForGood,
} from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import type { TestPayments } from "#tests/setup/payments.ts";
import { readTroubledRefunds } from "../operations/read-troubled-refunds.ts";
import { readOrder } from "../orders/read-order.ts";
import { acceptParcel } from "../parcels/accept-parcel.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";
import { packParcel } from "../parcels/pack-parcel.ts";
import { readParcelRefunds } from "../parcels/read-parcel-refunds.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { shipParcel } from "../parcels/ship-parcel.ts";
import { keepRefund } from "./keep-refund.ts";
import { refundPayment } from "./refund-payment.ts";
import { settlePayment } from "./settle-payment.ts";
import { settleRefunds } from "./settle-refunds.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return () => market.drop();
});

/** Stripe has too little on our balance just now. */
function poor(): TestPayments {
  const refused = { ok: false, reason: "refund-refused", code: "balance_insufficient" } as const;
  const { payments } = market;
  return { ...payments, gateway: { ...payments.gateway, refund: async () => refused } };
}

async function chargeOf(orderId: string): Promise<string> {
  const { charge_id } = await market.db
    .selectFrom("payments")
    .select("charge_id")
    .where("order_id", "=", orderId)
    .executeTakeFirstOrThrow();
  return charge_id ?? "";
}

const look = async (orderId: string) =>
  settleRefunds(market.db, market.payments.gateway, { chargeId: await chargeOf(orderId) });

/** The operator does in Stripe's dashboard what the page asks for, and Stripe tells of it. */
async function giveByHand(orderId: string, amount: number): Promise<void> {
  await market.payments.stripe.refunds.create({ charge: await chargeOf(orderId), amount });
  expect(await look(orderId)).toMatchObject({ ok: true });
}

/** What Stripe has given back of an order, however. */
async function given(orderId: string): Promise<number[]> {
  const { data } = await market.payments.stripe.refunds.list({ charge: await chargeOf(orderId) });
  return data.filter(({ status }) => status !== "failed").map(({ amount }) => amount);
}

/** Two boxes each of two cooperatives; the first cannot send, the second's are on their way. */
async function makeHalfSent() {
  const { db, payments } = market;
  const [first, second] = [await makeListing(db), await makeListing(db)];
  const order = await makePaidCheckout(db, payments, [
    { listing: first, quantity: 2 },
    { listing: second, quantity: 2 },
  ]);
  const [off, sent] = order.lines;
  if (!off || !sent) throw new Error("the order lacks a line");
  const { scope, parcelId } = sent;
  await acceptParcel(db, scope, { parcelId });
  await packParcel(db, scope, { parcelId });
  await shipParcel(db, scope, { parcelId, carrier: "sf", trackingNumber: "SF1234567" });
  const kept = await booksOf(db);
  await cancelParcel(db, off.scope, { parcelId: off.parcelId, reason: "霜冻" });
  /** What the parcel under way has brought, as it stands now. */
  const sentBooks = async () => {
    const books = await booksOf(db);
    const codes = Object.keys(books).filter((code) => /^(relief|coop-fee|freight):/.test(code));
    return codes.map((code) => [code, books[code], kept[code]]);
  };
  return { ...order, off, sentBooks };
}

describe("a refund that Stripe refused for now and somebody gave by hand", () => {
  test("is not it where just so much was promised by one that failed", async () => {
    const { db, payments } = market;
    const items = [{ listing: await makeListing(db), quantity: 2 }];
    const { orderId, lines } = await makePaidCheckout(db, payments, items);
    const { scope, parcelId } = lines[0] ?? { scope: null, parcelId: "" };
    if (!scope) throw new Error("the order has no line");
    const ask = (fen: number) =>
      refundParcel(db, scope, { parcelId, of: { kind: "amount", fen }, clientKey: `of-${fen}` });
    await ask(2_000);
    await carryOutRefunds(db, refusingForGood(payments), orderId);
    await ask(1_000);
    await carryOutRefunds(db, poor(), orderId);
    await giveByHand(orderId, 2_000);
    const { refunds } = await standingOf(db, orderId);
    expect(refunds.map(({ status }) => status)).toEqual(["failed", "requested", "succeeded"]);
    expect(Object.keys(await booksOf(db)).join()).not.toContain("owed:");
  });

  test("is that refund, and is not given twice", async () => {
    const { db, payments } = market;
    const order = await makePaidCheckout(db, payments, [
      { listing: await makeListing(db), quantity: 2 },
    ]);
    const { orderId } = order;
    const { scope, parcelId, lineId } = order.lines[0] ?? { scope: null, parcelId: "", lineId: "" };
    if (!scope) throw new Error("the order has no line");
    const of = { kind: "quantity", orderLineId: lineId, quantity: 1 } as const;
    await refundParcel(db, scope, { parcelId, of, clientKey: "one" });
    await carryOutRefunds(db, poor(), orderId);
    await giveByHand(orderId, 2_990);
    expect(await standingOf(db, orderId)).toMatchObject({
      status: "partly-refunded",
      refunds: [{ status: "succeeded", reason: "goods", fen: 2_990 }],
    });
    await carryOutRefunds(db, payments, orderId);
    await look(orderId);
    expect(await given(orderId)).toEqual([2_990]);
  });

  test("in two halves counts towards it, and leaves another cooperative's parcel alone", async () => {
    const { db, payments } = market;
    const { orderId, off, sentBooks } = await makeHalfSent();
    await carryOutRefunds(db, poor(), orderId);
    await giveByHand(orderId, 3_000);
    expect((await standingOf(db, orderId)).refunds).toMatchObject([
      { status: "failed", fen: 6_780 },
      { status: "succeeded", reason: "by-hand", fen: 3_000 },
      { status: "requested", reason: "cancelled-by-cooperative", fen: 3_780 },
    ]);
    const listed = await readParcelRefunds(db, off.scope, off.parcelId);
    expect(listed.map(({ fen }) => fen)).toEqual([3_000, 3_780]);
    const troubled = await readTroubledRefunds(db, operatorScope({ userId: "o" }), { limit: 5 });
    expect(troubled.rows).toMatchObject([{ fen: 3_780, failure: "balance_insufficient" }]);
    await giveByHand(orderId, 3_780);
    await carryOutRefunds(db, payments, orderId);
    await look(orderId);
    expect((await given(orderId)).sort()).toEqual([3_000, 3_780]);
    const books = await sentBooks();
    expect(books).toHaveLength(3);
    for (const [code, is, was] of books) expect([code, is]).toEqual([code, was]);
  });

  test("and more than that: the rest is asked of nobody again", async () => {
    const { db, payments } = market;
    const { orderId } = await makeHalfSent();
    await carryOutRefunds(db, poor(), orderId);
    await giveByHand(orderId, 7_000);
    await carryOutRefunds(db, payments, orderId);
    expect(await given(orderId)).toEqual([7_000]);
    expect((await booksOf(db))["stripe:clearing"]).toBe(13_560 - 7_000);
    expect((await standingOf(db, orderId)).refunds.map(({ status }) => status)).toEqual([
      "failed",
      "succeeded",
    ]);
  });

  test("of a payment put aside is that refund too", async () => {
    const { db, payments } = market;
    const listing = await makeListing(db);
    const order = await makeCheckout(db, payments, [{ listing, quantity: 10 }]);
    await payments.pay(order.url);
    await sql`update orders set status = 'expired'`.execute(db);
    await sql`update allocations set state = 'released'`.execute(db);
    await sql`update lots set available = 0, held = 0, sold = 10`.execute(db);
    expect(await settlePayment(db, payments.gateway, order)).toMatchObject({
      outcome: "refunding",
    });
    await carryOutRefunds(db, poor(), order.orderId);
    await giveByHand(order.orderId, 1_000);
    await giveByHand(order.orderId, order.totalFen - 1_000);
    await carryOutRefunds(db, payments, order.orderId);
    expect((await given(order.orderId)).sort()).toEqual([1_000, order.totalFen - 1_000].sort());
    expect(await booksOf(db)).toEqual({});
  });

  test("and that our own try made as well is written down twice, as it was given twice", async () => {
    const { db, payments } = market;
    const { orderId } = await makeHalfSent();
    const [refundId = ""] = await carryOutRefunds(db, poor(), orderId);
    // The try is under way at Stripe while the look at what was given by hand has been.
    const gateway = {
      ...payments.gateway,
      async refund(asked: Parameters<typeof payments.gateway.refund>[0]) {
        await giveByHand(orderId, 6_780);
        return payments.gateway.refund(asked);
      },
    };
    await refundPayment(db, gateway, { refundId });
    await look(orderId);
    expect(await given(orderId)).toEqual([6_780, 6_780]);
    expect((await booksOf(db))["stripe:clearing"] ?? 0).toBe(0);
    expect(await standingOf(db, orderId)).toMatchObject({ status: "refunded" });
  });

  test("is written down once by two looks at the same moment", async () => {
    const { db, payments } = market;
    const { orderId } = await makeHalfSent();
    await carryOutRefunds(db, poor(), orderId);
    await payments.stripe.refunds.create({ charge: await chargeOf(orderId), amount: 3_000 });
    const lock = sql`select from orders where id = ${orderId} for update`;
    const looks = await raceBehind(db, lock, 2, [() => look(orderId), () => look(orderId)]);
    expect(looks).toMatchObject([{ ok: true }, { ok: true }]);
    expect((await standingOf(db, orderId)).refunds.map(({ fen }) => fen)).toEqual([
      6_780, 3_000, 3_780,
    ]);
  });
});

test("what was given by hand for it and the bank sends back is owed to the buyer, once", async () => {
  const { db } = market;
  const { orderId, number, buyer } = await makeHalfSent();
  await carryOutRefunds(db, poor(), orderId);
  await giveByHand(orderId, 7_000);
  const { refunds } = await standingOf(db, orderId);
  const byHand = refunds.find(({ reason }) => reason === "by-hand")?.id ?? "";
  const sentBack = { status: "failed", id: null, failure: "declined" } as const;
  await keepRefund(db, { id: byHand, orderId }, sentBack);
  expect(await readOrder(db, buyer, number)).toMatchObject({ stillOwedFen: 7_000 });
});

test("what the bank sent back and somebody gives again is taken from what is owed", async () => {
  const { db, payments } = market;
  const { orderId, sentBooks } = await makeHalfSent();
  const [id = ""] = await carryOutRefunds(db, payments, orderId);
  const sentBack = { status: "failed", id: null, failure: "expired_or_canceled_card" } as const;
  await keepRefund(db, { id, orderId }, sentBack);
  await giveByHand(orderId, 6_000);
  const books = await booksOf(db);
  expect(Object.entries(books).filter(([code]) => code.startsWith("owed:"))).toEqual([
    [expect.any(String), -780],
  ]);
  for (const [code, is, was] of await sentBooks()) expect([code, is]).toEqual([code, was]);
});
