import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { nextOrderStatus, type OrderStatus } from "../orders/order-states.ts";
import { queueJob } from "../queue/queue-job.ts";
import { bearLoss } from "./bear-loss.ts";
import { giveBackReturned } from "./give-back-returned.ts";
import { isOrder } from "./is-order.ts";
import { keepDispute, readLook, verdictOf } from "./keep-dispute.ts";
import { oweBuyer } from "./owe-buyer.ts";
import { type PaymentStanding, updatePaymentStanding } from "./payment-standing.ts";
import { postDispute } from "./post-dispute.ts";
import { recountGiven } from "./recount-given.ts";
import { restoredStatus } from "./restored-status.ts";
import { settleCharge } from "./settle-charge.ts";
import { settleRefunds } from "./settle-refunds.ts";

export type SettledDispute =
  | { ok: true; outcome: "open" | "won" | "lost" | "unmatched" | "not-ours" }
  | { ok: false; reason: "payments-unavailable" | "unknown-payment" };

/**
 * Where an order stands by its table: disputed for as long as a bank has one open, and after that
 * where its money and its parcels are. Worked out anew each time: what was seen before, and how
 * often, makes no difference.
 */
async function statusOf(
  trx: DbTransaction<DB>,
  order: { id: string; status: OrderStatus },
  payment: PaymentStanding["status"],
): Promise<OrderStatus> {
  const opened = nextOrderStatus(order.status, "dispute-opened");
  if (!opened || payment === "disputed") return opened ?? order.status;
  if (payment === "refunded") return nextOrderStatus(opened, "fully-refunded") ?? opened;
  const status = nextOrderStatus(opened, "dispute-closed") ?? opened;
  return restoredStatus(trx, { ...order, status }, payment);
}

async function moveOrder(
  trx: DbTransaction<DB>,
  order: { id: string; status: OrderStatus },
  payment: PaymentStanding["status"],
): Promise<void> {
  const status = await statusOf(trx, order, payment);
  if (status === order.status) return;
  await trx
    .updateTable("orders")
    .set({ status, updated_at: new Date() })
    .where("id", "=", order.id)
    .execute();
}

/** Stripe gives nothing back of what a bank has in dispute: what waited for that is due now. */
async function askRefundsAgain(trx: DbTransaction<DB>, paymentId: string): Promise<void> {
  const waiting = await trx
    .updateTable("refunds")
    .set({ try_again_at: null, updated_at: new Date() })
    .where("payment_id", "=", paymentId)
    .where("status", "=", "requested")
    .returning("id")
    .execute();
  for (const { id } of waiting) {
    await queueJob(trx, "refund-payment", { refundId: id }, { key: `refund-payment:${id}` });
  }
}

/** As many looks as may be under way at once, and more. */
const MOST_LOOKS = 8;

type Disputed = { id: string; order_id: string; charge_id: string | null; isSale: boolean };

async function readPayment(db: Kysely<DB>, paymentIntentId: string): Promise<Disputed | null> {
  const { rows } = await sql<Disputed>`
    select p.id, p.order_id, p.charge_id, not exists (select from ledger_transactions t
      where t.idempotency_key = 'suspense:' || p.id) as "isSale"
    from payments p where p.payment_intent_id = ${paymentIntentId}`.execute(db);
  return rows[0] ?? null;
}

type Looked = SettledDispute | { ok: false; reason: "outdated" };

/** Asks Stripe once and writes what it says, unless somebody else has written meanwhile. */
async function lookOnce(
  db: Kysely<DB>,
  payments: PaymentGateway,
  disputeId: string,
): Promise<Looked> {
  const earlier = await readLook(db, disputeId);
  const found = await payments.retrieveDispute(disputeId);
  if (!found.ok) return found;
  const { dispute } = found;
  const payment = await readPayment(db, dispute.paymentIntentId ?? "");
  if (!payment) {
    const isOurs = dispute.orderId !== null && (await isOrder(db, dispute.orderId));
    if (isOurs) return { ok: false, reason: "unknown-payment" };
    const aside = await settleCharge(db, payments, dispute);
    if (!aside.ok) return aside;
    const { outcome } = aside;
    return outcome === "known" ? { ok: false, reason: "unknown-payment" } : { ok: true, outcome };
  }
  // Who has which money is known only with what was given back: in whatever order their events come.
  const { isSale, charge_id: chargeId } = payment;
  const given = chargeId && (await settleRefunds(db, payments, { chargeId }));
  if (given && !given.ok && given.reason === "payments-unavailable") {
    return { ok: false, reason: given.reason };
  }
  const verdict = verdictOf(dispute.status);
  return db.transaction().execute(async (trx): Promise<Looked> => {
    const order = await lockOrder(trx, payment.order_id);
    if (!order) throw new Error(`order ${payment.order_id} is gone`);
    const kept = await keepDispute(trx, payment.id, dispute, earlier);
    if (!kept) return { ok: false, reason: "outdated" };
    const end = { isLost: verdict === "lost", paymentId: payment.id };
    await postDispute(trx, { ...dispute, id: kept.id }, end);
    const standing = await updatePaymentStanding(trx, payment.id);
    const isDecided = kept.before !== verdict && verdict !== "open";
    if (isSale) {
      await moveOrder(trx, order, standing.status);
      await bearLoss(trx, order.id, standing, new Date());
      await recountGiven(trx, payment.id, new Date());
      if (isDecided) await giveBackReturned(trx, { orderId: order.id, paymentId: payment.id });
      await oweBuyer(trx, order.id, new Date());
    }
    if (isDecided) await askRefundsAgain(trx, payment.id);
    return { ok: true, outcome: verdict };
  });
}

/**
 * Asks Stripe how a dispute stands and brings the books and the order to it: the money that the
 * bank took is posted as withdrawn and, when it comes back, as reinstated, movement by movement
 * under Stripe's own ids; the order is `disputed` meanwhile, and no parcel of it goes on. Once no
 * dispute of the payment is open any more, what was lost counts as given back. When nothing is
 * left of what was paid the order is refunded, and what has not been shipped is called off; else
 * it goes on where its parcels are, partly refunded when something was lost.
 *
 * What a bank has given her for good is first what was on its way to her already (count-verdicts.ts).
 * Who bears the rest: the market, not a household, for all that has left and all that still will:
 * the goods are gone, and a bank's verdict says nothing of whose box it was about. What is called
 * off is on sale again, so its share of the sale is taken back to pay for the loss first (see
 * cover-loss.ts). A verdict that a bank takes back is taken back here too; what had been called off
 * for it is on sale again and stays so, and its money goes to the buyer (give-back-returned.ts).
 * What was given back is looked at first, so that any order of events comes to the same; so do looks that overtake each other: one whose answer
 * is older than what was written meanwhile is thrown away, and Stripe is asked again; after a few
 * times it throws, to be tried again.
 *
 * Of a payment that belongs to no order only the money is posted (`unmatched`, settle-charge.ts).
 * Fails with `payments-unavailable` or `unknown-payment` (ours, but not settled
 * yet: try again). Stripe is asked first; then the order's row is locked, and where parcels are
 * called off they and their lots, each by id.
 * https://docs.stripe.com/disputes/how-disputes-work
 */
export async function settleDispute(
  db: Kysely<DB>,
  payments: PaymentGateway,
  { disputeId }: { disputeId: string },
): Promise<SettledDispute> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const looked = await lookOnce(db, payments, disputeId);
    if (looked.ok || looked.reason !== "outdated") return looked;
  }
  throw new Error(`dispute ${disputeId} is looked at by others all the time`);
}
