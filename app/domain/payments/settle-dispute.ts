import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Dispute, PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { nextOrderStatus, type OrderStatus } from "../orders/order-states.ts";
import { bearLoss } from "./bear-loss.ts";
import { type PaymentStanding, updatePaymentStanding } from "./payment-standing.ts";
import { postDispute } from "./post-dispute.ts";
import { restoredStatus } from "./restored-status.ts";

export type SettledDispute =
  | { ok: true; outcome: "open" | "won" | "lost" | "not-ours" }
  | { ok: false; reason: "payments-unavailable" | "unknown-dispute" | "unknown-payment" };

type Verdict = "open" | "won" | "lost";

/** A warning closed has taken nothing; a status that Stripe may add some day is not decided. */
function verdictOf(status: string): Verdict {
  if (status === "lost") return "lost";
  return status === "won" || status === "warning_closed" ? "won" : "open";
}

/** Writes the dispute as Stripe has it. */
async function keepDispute(
  trx: DbTransaction<DB>,
  paymentId: string,
  dispute: Dispute,
): Promise<{ id: string; isNew: boolean }> {
  const { status, fen, reason, dueAt } = dispute;
  const said = { status, fen, reason, due_at: dueAt };
  const known = await trx
    .updateTable("disputes")
    .set({ ...said, updated_at: new Date() })
    .where("stripe_dispute_id", "=", dispute.id)
    .returning("id")
    .executeTakeFirst();
  if (known) return { id: known.id, isNew: false };
  const id = uuidv7();
  await trx
    .insertInto("disputes")
    .values({ ...said, id, payment_id: paymentId, stripe_dispute_id: dispute.id })
    .execute();
  return { id, isNew: true };
}

/** Where an order stands that no bank has open any more: where its money and its parcels are. */
async function statusAfter(
  trx: DbTransaction<DB>,
  order: { id: string; status: OrderStatus },
  payment: PaymentStanding["status"],
): Promise<OrderStatus> {
  if (payment === "refunded")
    return nextOrderStatus(order.status, "fully-refunded") ?? order.status;
  const status = nextOrderStatus(order.status, "dispute-closed") ?? order.status;
  return restoredStatus(trx, { ...order, status }, payment);
}

/** The order after the dispute, by its table; it is disputed for as long as a bank has one open. */
async function moveOrder(
  trx: DbTransaction<DB>,
  order: { id: string; status: OrderStatus },
  isNew: boolean,
  payment: PaymentStanding["status"],
): Promise<void> {
  const opened = isNew ? nextOrderStatus(order.status, "dispute-opened") : null;
  const now = { ...order, status: opened ?? order.status };
  const isClosed = now.status === "disputed" && payment !== "disputed";
  const status = isClosed ? await statusAfter(trx, now, payment) : now.status;
  if (status === order.status) return;
  await trx
    .updateTable("orders")
    .set({ status, updated_at: new Date() })
    .where("id", "=", order.id)
    .execute();
}

type Disputed = { id: string; order_id: string; isSale: boolean };

async function readPayment(db: Kysely<DB>, paymentIntentId: string): Promise<Disputed | null> {
  const { rows } = await sql<Disputed>`
    select p.id, p.order_id, not exists (select from ledger_transactions t
      where t.idempotency_key = 'suspense:' || p.id) as "isSale"
    from payments p where p.payment_intent_id = ${paymentIntentId}`.execute(db);
  return rows[0] ?? null;
}

/**
 * Asks Stripe how a dispute stands and brings the books and the order to it: the money that the
 * bank took is posted as withdrawn and, when it comes back, as reinstated, movement by movement
 * under Stripe's own ids; the order is `disputed` meanwhile, and no parcel of it goes on. Once no
 * dispute of the payment is open any more, what was lost counts as given back. When nothing is
 * left of what was paid the order is refunded, and what has not been shipped is called off; else
 * it goes on where its parcels are, partly refunded when something was lost.
 *
 * Who bears a loss: the market, not a household, for all that has left and all that still will:
 * the goods are gone, and a bank's verdict says nothing of whose box it was about. What is called
 * off is on sale again, so its share of the sale is taken back to pay for the loss first (see
 * cover-loss.ts). Any order of events comes to the same.
 *
 * Fails with `payments-unavailable`, `unknown-dispute` or `unknown-payment` (ours, but not settled
 * yet: try again). Stripe is asked first; then the order's row is locked, and where parcels are
 * called off they and their lots, each by id.
 * https://docs.stripe.com/disputes/how-disputes-work
 */
export async function settleDispute(
  db: Kysely<DB>,
  payments: PaymentGateway,
  { disputeId }: { disputeId: string },
): Promise<SettledDispute> {
  const found = await payments.retrieveDispute(disputeId);
  if (!found.ok) return found;
  const { dispute } = found;
  const payment = await readPayment(db, dispute.paymentIntentId ?? "");
  if (!payment) {
    return dispute.orderId
      ? { ok: false, reason: "unknown-payment" }
      : { ok: true, outcome: "not-ours" };
  }
  const verdict = verdictOf(dispute.status);
  const { isSale } = payment;
  await db.transaction().execute(async (trx) => {
    const order = await lockOrder(trx, payment.order_id);
    if (!order) throw new Error(`order ${payment.order_id} is gone`);
    const { id, isNew } = await keepDispute(trx, payment.id, dispute);
    await postDispute(trx, { ...dispute, id }, { isLost: verdict === "lost", isSale });
    const standing = await updatePaymentStanding(trx, payment.id);
    if (!isSale) return;
    await moveOrder(trx, order, isNew, standing.status);
    await bearLoss(trx, order.id, standing, new Date());
  });
  return { ok: true, outcome: verdict };
}
