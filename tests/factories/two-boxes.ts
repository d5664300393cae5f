import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { bookTransfer } from "#app/domain/payments/book-transfer.ts";
import { keepRefund } from "#app/domain/payments/keep-refund.ts";
import { planTransfer } from "#app/domain/payments/plan-transfer.ts";
import { refundPayment } from "#app/domain/payments/refund-payment.ts";
import type { DB } from "#db/schema.d.ts";
import type { TestPayments } from "#tests/setup/payments.ts";
import { settleDisputed } from "./disputes.ts";
import { booksOf, standingOf } from "./look.ts";
import { carryOutRefunds, makePaidCheckout } from "./payments.ts";
import { makeCooperative, makeHousehold } from "./people.ts";
import { makeListing } from "./produce.ts";
import { operatorScope } from "./scopes.ts";

type Status = Parameters<typeof settleDisputed>[2]["status"];

/**
 * A box of each of two cooperatives, ¥29.90 and ¥8.00 of freight each, paid; and what its
 * cooperatives, Stripe, banks and the operator do with its money.
 */
export async function makeTwoBoxes(db: Kysely<DB>, payments: TestPayments) {
  const items = [];
  for (const [slug, reliefCode] of [
    ["aa", "LS-000001"],
    ["bb", "LS-000002"],
  ] as const) {
    const cooperative = await makeCooperative(db, { slug });
    const household = await makeHousehold(db, { cooperative, reliefCode });
    const listing = await makeListing(db, { lots: [{ household, quantity: 5 }] });
    items.push({ listing, quantity: 1 });
  }
  const order = await makePaidCheckout(db, payments, items);
  const { orderId } = order;
  const paid = db.selectFrom("payments").select("charge_id").where("order_id", "=", orderId);
  const { charge_id: chargeId } = await paid.executeTakeFirstOrThrow();
  if (chargeId === null) throw new Error("the payment has no charge");
  const lineOf = (index = 0) => {
    const line = order.lines[index];
    if (!line) throw new Error("the order has no such line");
    return line;
  };

  const dispute = (fen: number, status: Status, id = "dp_1", currency = "cny") =>
    settleDisputed(db, payments, { orderId, fen, status, id, currency });

  /** The cooperative asks for so much of a line; the refund's id. */
  async function ask(fen: number, line = 0): Promise<string> {
    const { scope, parcelId, lineId } = lineOf(line);
    const of = { kind: "amount", fen, orderLineId: lineId } as const;
    const asked = await refundParcel(db, scope, { parcelId, of, clientKey: uuidv7() });
    if (!asked.ok) throw new Error(asked.reason);
    return asked.refundId;
  }

  /** It has gone to Stripe, and its bank sends it back: it is owed. */
  async function fail(id: string): Promise<void> {
    const row = db.selectFrom("refunds").select("stripe_refund_id as stripeId");
    const { stripeId } = await row.where("id", "=", id).executeTakeFirstOrThrow();
    const failed = { status: "failed", failure: "expired_or_canceled_card" } as const;
    await keepRefund(db, { id, orderId }, { ...failed, id: stripeId });
  }

  async function promise(fen: number, line = 0): Promise<void> {
    const refundId = await ask(fen, line);
    await refundPayment(db, payments.gateway, { refundId });
    await fail(refundId);
  }

  /** Those that stand for something: the amount, the state and the reason. */
  async function refunds() {
    const { refunds: all } = await standingOf(db, orderId);
    const { rows } = await sql<{ id: string }>`select id from refunds
      where failure = 'given-by-bank'`.execute(db);
    const gone = new Set(rows.map(({ id }) => id));
    return all
      .filter(({ id }) => !gone.has(id))
      .map(({ fen, status, reason }) => `${fen} ${status} ${reason}`);
  }

  async function transfer(fen: number) {
    const operator = operatorScope({ userId: "operator" });
    const owedFor = { orderNumber: order.number };
    const planned = await planTransfer(db, operator, { owedFor, fen });
    const paid = { fen, paidOn: shanghaiDay(new Date()), reference: `ICBC-${fen}` };
    const of = { owedFor, ...paid, clientKey: uuidv7(), seen: planned?.plan?.mark ?? "none" };
    return bookTransfer(db, operator, of);
  }

  const view = () => readOrder(db, order.buyer, order.number);
  return {
    ...{ order, chargeId, lineOf, dispute, ask, fail, promise, refunds, transfer, view },
    carryOut: () => carryOutRefunds(db, payments, orderId),
    owed: async () => (await view())?.stillOwedFen,
    lossOf: async () => (await booksOf(db))["dispute-loss:market"] ?? 0,
  };
}
