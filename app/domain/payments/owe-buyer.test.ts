import { beforeEach, describe, expect, test } from "vitest";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { booksOf, standingOf, stockOf } from "#tests/factories/look.ts";
import { carryOutRefunds, makePaidCheckout, refusingForGood } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { giveByHand, makeShortOfCalledOff, makeTransfer } from "#tests/factories/transfers.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { readOwedBuyers } from "../operations/read-owed-buyers.ts";
import { readTroubledRefunds } from "../operations/read-troubled-refunds.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";
import { readParcelRefunds } from "../parcels/read-parcel-refunds.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { cancelOrder } from "./cancel-order.ts";
import { keepRefund } from "./keep-refund.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return () => market.drop();
});

const operator = operatorScope({ userId: "operator" });
const trouble = () => readTroubledRefunds(market.db, operator, { limit: 5 });

async function makeCancelled() {
  const { db, payments } = market;
  const listing = await makeListing(db);
  const order = await makePaidCheckout(db, payments, [{ listing, quantity: 2 }]);
  const asked = { number: order.number, withRefund: true };
  expect(await cancelOrder(db, payments.gateway, order.buyer, asked)).toMatchObject({ ok: true });
  const [line] = order.lines;
  if (!line) throw new Error("the order has no line");
  return { ...order, listing, line };
}

/** Only the households', fees and freight: what somebody may be paid with. */
const earned = (books: Record<string, number>) =>
  Object.fromEntries(
    Object.entries(books).filter(([code]) => /^(relief|coop-fee|freight):/.test(code)),
  );
const owedOf = (books: Record<string, number>) =>
  Object.entries(books).flatMap(([code, fen]) => (code.startsWith("owed:") ? [-fen] : []));

describe("the money of a cancelled order whose refund has failed", () => {
  test("is kept for the buyer, and the same boxes sold again pay the household once", async () => {
    const { db, payments } = market;
    const { orderId, totalFen, listing, line } = await makeCancelled();
    await carryOutRefunds(db, refusingForGood(payments), orderId);
    const books = await booksOf(db);
    expect(earned(books)).toEqual({});
    expect(owedOf(books)).toEqual([totalFen]);
    expect(await trouble()).toMatchObject({ count: 1, rows: [{ owedFen: totalFen }] });

    await makePaidCheckout(db, payments, [{ listing, quantity: 2 }]);
    const twice = await booksOf(db);
    const once = Object.values(earned(twice)).reduce((sum, fen) => sum - fen, 0);
    expect(once).toBe(totalFen);

    const owedAsShown = async () =>
      (await readParcelRefunds(db, line.scope, line.parcelId)).map(({ owedFen }) => owedFen);
    expect(await owedAsShown()).toEqual([totalFen]);
    await giveByHand(market, orderId, 1_000);
    expect(await owedAsShown()).toEqual([totalFen - 1_000, 0]);
    expect(owedOf(await booksOf(db))).toEqual([totalFen - 1_000]);
    expect(await trouble()).toMatchObject({ count: 1, rows: [{ owedFen: totalFen - 1_000 }] });
    await giveByHand(market, orderId, totalFen - 1_000);
    expect(owedOf(await booksOf(db))).toEqual([]);
    expect(earned(await booksOf(db))).toEqual(earned(twice));
    expect(await trouble()).toMatchObject({ count: 0 });
    expect(await standingOf(db, orderId)).toMatchObject({ status: "refunded" });
    const shown = await readParcelRefunds(db, line.scope, line.parcelId);
    expect(shown.map(({ fen }) => fen)).toEqual([totalFen, 1_000, totalFen - 1_000]);
  });

  test("is so too when the bank sends it back, and the cooperative may give it back again", async () => {
    const { db, payments } = market;
    const { orderId, totalFen, line } = await makeCancelled();
    const [id] = await carryOutRefunds(db, payments, orderId);
    expect(await booksOf(db)).toEqual({});
    const sentBack = { status: "failed", id: null, failure: "expired_or_canceled_card" } as const;
    for (let time = 0; time < 2; time++) {
      await keepRefund(db, { id: id ?? "", orderId }, sentBack);
      expect(owedOf(await booksOf(db))).toEqual([totalFen]);
    }
    const { scope, parcelId } = line;
    const again = { parcelId, of: { kind: "all" }, clientKey: "again" } as const;
    expect(await refundParcel(db, scope, again)).toMatchObject({ ok: true, fen: totalFen });
    expect(await trouble()).toMatchObject({ count: 0 });
    const made = { id: "re_2", failure: null, balanceTransactionId: null };
    const refund = async () => ({
      ok: true as const,
      refund: { ...made, status: "pending" as const },
    });
    await carryOutRefunds(db, { ...payments, gateway: { ...payments.gateway, refund } }, orderId);
    expect(await booksOf(db)).toEqual({});
  });

  test("pays for what a bank takes of it later", async () => {
    const { db, payments } = market;
    const { orderId, totalFen } = await makeCancelled();
    await carryOutRefunds(db, refusingForGood(payments), orderId);
    await settleDisputed(db, payments, {
      orderId,
      fen: totalFen,
      status: "needs_response",
      id: "dp_1",
    });
    expect(owedOf(await booksOf(db))).toEqual([totalFen]);
    await settleDisputed(db, payments, { orderId, fen: totalFen, status: "lost", id: "dp_1" });
    const books = await booksOf(db);
    expect(owedOf(books)).toEqual([]);
    expect(books).not.toHaveProperty("dispute-loss:market");
  });
});

test("a part refund that fails after its parcel was called off is the buyer's as well", async () => {
  const { db, payments } = market;
  const listing = await makeListing(db);
  const order = await makePaidCheckout(db, payments, [{ listing, quantity: 2 }]);
  const { scope, parcelId } = order.lines[0] ?? { scope: null, parcelId: "" };
  if (!scope) throw new Error("the order has no line");
  const part = { parcelId, of: { kind: "amount", fen: 100 }, clientKey: "part" } as const;
  expect(await refundParcel(db, scope, part)).toMatchObject({ ok: true });
  expect(await cancelParcel(db, scope, { parcelId, reason: "霜冻" })).toMatchObject({ ok: true });
  const [first] = (await standingOf(db, order.orderId)).refunds;
  const refused = { status: "failed", id: null, failure: "charge_already_refunded" } as const;
  await keepRefund(db, { id: first?.id ?? "", orderId: order.orderId }, refused);
  expect(owedOf(await booksOf(db))).toEqual([100]);
  await carryOutRefunds(db, payments, order.orderId);
  expect(earned(await booksOf(db))).toEqual({});
  expect(await stockOf(db, listing.lotIds)).toMatchObject({ sold: 0 });
});

test("what a transfer that came back leaves of a parcel called off is the buyer's, not a seller's", async () => {
  const { db, payments } = market;
  const items = [{ listing: await makeListing(db), quantity: 2 }];
  const order = await makePaidCheckout(db, payments, items);
  await makeShortOfCalledOff(market, order, 280);
  const books = await booksOf(db);
  expect(earned(books)).toEqual({});
  expect(owedOf(books)).toEqual([280]);
  expect(books).not.toHaveProperty("given-twice:market");
  const { rows } = await readOwedBuyers(db, operator, { limit: 9 });
  expect(rows).toMatchObject([{ orderNumber: order.number, owedFen: 280 }]);
  expect((await verifyLedger(db)).differences).toEqual([]);
  const owedFor = { orderNumber: order.number };
  await makeTransfer(db, { owedFor, fen: 280, reference: "ICBC-280" });
  expect(owedOf(await booksOf(db))).toEqual([]);
  expect(await standingOf(db, order.orderId)).toMatchObject({ status: "refunded" });
});

describe("an order that was fully refunded before it was sent", () => {
  for (const how of ["by its cooperative", "by hand at Stripe"]) {
    test(`${how} has its parcel called off and its stock on sale again`, async () => {
      const { db, payments } = market;
      const listing = await makeListing(db);
      const before = await stockOf(db, listing.lotIds);
      const order = await makePaidCheckout(db, payments, [{ listing, quantity: 4 }]);
      const { orderId, totalFen } = order;
      const { scope, parcelId } = order.lines[0] ?? { scope: null, parcelId: "" };
      if (!scope) throw new Error("the order has no line");
      if (how === "by hand at Stripe") await giveByHand(market, orderId, totalFen);
      else {
        const all = { parcelId, of: { kind: "all" }, clientKey: "all" } as const;
        expect(await refundParcel(db, scope, all)).toMatchObject({ ok: true });
        await carryOutRefunds(db, payments, orderId);
      }
      expect(await standingOf(db, orderId)).toMatchObject({ status: "refunded" });
      expect(await stockOf(db, listing.lotIds)).toEqual(before);
      const off = { parcelId, reason: "霜冻" };
      expect(await cancelParcel(db, scope, off)).toMatchObject({ ok: true, isNew: false });
      expect(await booksOf(db)).toEqual({});
    });
  }

  test("and whose bank sends the money back owes it to the buyer still", async () => {
    const { db, payments } = market;
    const listing = await makeListing(db);
    const { orderId, totalFen, lines } = await makePaidCheckout(db, payments, [
      { listing, quantity: 2 },
    ]);
    const line = lines[0];
    if (!line) throw new Error("the order has no line");
    const all = { parcelId: line.parcelId, of: { kind: "all" }, clientKey: "all" } as const;
    await refundParcel(db, line.scope, all);
    const [id] = await carryOutRefunds(db, payments, orderId);
    const sentBack = { status: "failed", id: null, failure: "declined" } as const;
    await keepRefund(db, { id: id ?? "", orderId }, sentBack);
    expect(owedOf(await booksOf(db))).toEqual([totalFen]);
    expect(await standingOf(db, orderId)).toMatchObject({ status: "cancelled" });
  });
});
