import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { carryOutRefunds, makeCheckout, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { cancelOrder } from "../payments/cancel-order.ts";
import { expireOrder } from "../payments/expire-order.ts";
import { keepRefund } from "../payments/keep-refund.ts";
import { receivePayment } from "../payments/receive-payment.ts";
import { settlePayment } from "../payments/settle-payment.ts";
import { lockOrder } from "./lock-order.ts";
import { type OrderEvent, orderStep } from "./order-states.ts";
import { HOLD_MS } from "./place-order.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return () => market.drop();
});

type Seen = { held: number; sold: number; returned: number; open: number; off: number };
type Facts = Seen & { status: string; asked: number; kinds: Record<string, number> };

/** All of an order that an event may change; there is one order in the market. */
async function look(): Promise<Facts> {
  const { rows } = await sql<Facts>`
    select (select status from orders) as status,
      (select count(*) from allocations where state = 'held') as held,
      (select count(*) from allocations where state = 'sold') as sold,
      (select count(*) from allocations where state = 'returned') as returned,
      (select count(*) from parcel_events where kind = 'waiting') as open,
      (select count(*) from parcels where status = 'cancelled') as off,
      (select count(*) from refunds) as asked,
      (select coalesce(jsonb_object_agg(kind, n), '{}') from (
        select case when idempotency_key ~ '^(refund-)?owed:' then 'owed' else kind end as kind,
          count(*) as n from ledger_transactions group by 1) k) as kinds`.execute(market.db);
  return rows[0] as Facts;
}

/** What was done, in the words of the table, by what is there that was not. */
function done(before: Facts, after: Facts): string[] {
  const more = (kind: string) => (after.kinds[kind] ?? 0) > (before.kinds[kind] ?? 0);
  const isSold = after.sold > before.sold;
  const wasHeld = after.held < before.held;
  const facts: Record<string, boolean> = {
    "sell-hold": wasHeld && isSold,
    "take-stock-again": !wasHeld && isSold,
    "release-hold": wasHeld && !isSold,
    "return-stock": after.returned > before.returned,
    "open-parcels": after.open > before.open,
    "close-parcels": after.off > before.off,
    "post-sale": more("sale"),
    "ask-refund": after.asked > before.asked,
    "post-refund": more("refund"),
    "reverse-refund": more("reversal"),
    "owe-buyer": more("owed"),
    "post-dispute": more("dispute"),
  };
  return Object.keys(facts).filter((effect) => facts[effect]);
}

async function items() {
  return [{ listing: await makeListing(market.db), quantity: 2 }];
}

/** Unpaid: how its money comes, and how its time ends. */
async function unpaid() {
  const { db, payments } = market;
  const order = await makeCheckout(db, payments, await items());
  const session = order.checkoutSessionId;
  const money = { fen: order.totalFen, currency: "cny", paidAt: new Date() };
  const ids = { paymentIntentId: "pi_1", chargeId: "ch_1", balanceTransactionId: "txn_1" };
  return {
    settle: () =>
      db.transaction().execute(async (trx) => {
        const locked = await lockOrder(trx, order.orderId);
        if (locked) await receivePayment(trx, locked, session, { ...money, ...ids }, new Date());
      }),
    payAndSettle: async () => {
      await payments.pay(order.url);
      await settlePayment(db, payments.gateway, { checkoutSessionId: session });
    },
    expire: () => {
      const now = new Date(payments.clock.now.getTime() + HOLD_MS + 1_000);
      return expireOrder(db, payments.gateway, { orderId: order.orderId, now });
    },
    cancel: () => cancelOrder(db, payments.gateway, order.buyer, { number: order.number }),
  };
}

/** Paid: what can become of its money. */
async function paid() {
  const { db, payments } = market;
  const order = await makePaidCheckout(db, payments, await items());
  const { orderId, totalFen } = order;
  const [line] = order.lines;
  if (!line) throw new Error("the order has no line");
  const { scope, parcelId, lineId } = line;
  const ask = async (
    of: { kind: "all" } | { kind: "amount"; fen: number; orderLineId: string },
  ) => {
    await refundParcel(db, scope, { parcelId, of, clientKey: of.kind });
  };
  let sent: string[] = [];
  return {
    askAll: () => ask({ kind: "all" }),
    askPart: () => ask({ kind: "amount", fen: 100, orderLineId: lineId }),
    send: async () => {
      sent = await carryOutRefunds(db, payments, orderId);
    },
    comeBack: () =>
      keepRefund(db, { id: sent[0] ?? "", orderId }, { status: "failed", id: null, failure: "x" }),
    cancel: () =>
      cancelOrder(db, payments.gateway, order.buyer, { number: order.number, withRefund: true }),
    dispute: () =>
      settleDisputed(db, payments, {
        orderId,
        fen: totalFen,
        status: "needs_response",
        id: "du_1",
      }),
  };
}

type Case = [from: Facts["status"], event: OrderEvent, play: () => Promise<() => unknown>];
const after = async (steps: (() => unknown)[], last: () => unknown) => {
  for (const step of steps) await step();
  return last;
};

const CASES: Case[] = [
  ["pending-payment", "settled", async () => (await unpaid()).payAndSettle],
  ["pending-payment", "expired", async () => (await unpaid()).expire],
  ["pending-payment", "cancelled", async () => (await unpaid()).cancel],
  ["expired", "settled", () => unpaid().then((o) => after([o.expire], o.settle))],
  ["cancelled", "settled", () => unpaid().then((o) => after([o.cancel], o.settle))],
  ["paid", "cancelled", async () => (await paid()).cancel],
  ["paid", "partly-refunded", () => paid().then((o) => after([o.askPart], o.send))],
  ["paid", "fully-refunded", () => paid().then((o) => after([o.askAll], o.send))],
  ["paid", "dispute-opened", async () => (await paid()).dispute],
  ["refunded", "refund-failed", () => paid().then((o) => after([o.askAll, o.send], o.comeBack))],
];

describe("what is done with goods and money is what the table of order states says", () => {
  test.each(CASES)("%s, then %s", async (from, event, play) => {
    const act = await play();
    const before = await look();
    expect(before.status).toBe(from);
    await act();
    const step = orderStep(before.status as Parameters<typeof orderStep>[0], event);
    expect(done(before, await look()).sort()).toEqual([...(step?.effects ?? [])].sort());
  });
});
