import type { Transaction as DbTransaction, Kysely } from "kysely";
import type { PaymentGateway, Refund } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { type LockedOrder, lockOrder } from "../orders/lock-order.ts";
import { nextOrderStatus } from "../orders/order-states.ts";
import { postRefund, reverseRefund } from "./post-refund.ts";

export type Refunded =
  | { ok: true; status: "pending" | "succeeded" | "failed"; stripeRefundId: string | null }
  | { ok: false; reason: "payments-unavailable" | "refund-not-found" };

type Asked = {
  id: string;
  order_id: string;
  payment_id: string;
  status: string;
  fen: number;
  reason: string;
  number: string;
  idempotency_key: string;
  stripe_refund_id: string | null;
  payment_intent_id: string;
};

function readRefund(db: Kysely<DB>, refundId: string): Promise<Asked | undefined> {
  return db
    .selectFrom("refunds")
    .innerJoin("payments", "payments.id", "refunds.payment_id")
    .innerJoin("orders", "orders.id", "refunds.order_id")
    .select([
      "refunds.id",
      "refunds.order_id",
      "refunds.payment_id",
      "refunds.status",
      "refunds.fen",
      "refunds.reason",
      "refunds.idempotency_key",
      "refunds.stripe_refund_id",
      "orders.number",
      "payments.payment_intent_id",
    ])
    .where("refunds.id", "=", refundId)
    .executeTakeFirst();
}

async function markRefunded(
  trx: DbTransaction<DB>,
  order: LockedOrder,
  refund: Asked,
  isSale: boolean,
): Promise<void> {
  await trx
    .updateTable("payments")
    .set({ status: "refunded" })
    .where("id", "=", refund.payment_id)
    .execute();
  const status = isSale ? nextOrderStatus(order.status, "fully-refunded") : null;
  if (!status) return;
  await trx
    .updateTable("orders")
    .set({ status, updated_at: new Date() })
    .where("id", "=", order.id)
    .execute();
}

/** Writes what Stripe said, with the postings that belong to it; a second time changes nothing. */
async function keepAnswer(
  db: Kysely<DB>,
  asked: Asked,
  answer: Omit<Refund, "id"> & { id: string | null },
) {
  await db.transaction().execute(async (trx) => {
    const order = await lockOrder(trx, asked.order_id);
    if (!order) throw new Error(`order ${asked.order_id} is gone`);
    const current = await readRefund(trx, asked.id);
    if (!current || current.status === answer.status) return;
    await trx
      .updateTable("refunds")
      .set({
        status: answer.status,
        stripe_refund_id: answer.id ?? current.stripe_refund_id,
        updated_at: new Date(),
      })
      .where("id", "=", asked.id)
      .execute();
    if (answer.status === "failed") {
      await reverseRefund(trx, asked.id, new Date());
      await trx
        .updateTable("payments")
        .set({ status: "suspense" })
        .where("id", "=", asked.payment_id)
        .where("status", "=", "refunded")
        .execute();
    } else if (current.status === "requested") {
      const { isSale } = await postRefund(trx, { ...asked, orderId: order.id }, new Date());
      await markRefunded(trx, order, asked, isSale);
    }
  });
}

/**
 * Carries out a requested refund at Stripe, under its own idempotency key, and posts the opposite
 * of what the payment posted as soon as Stripe has taken the money out of our balance (`pending`
 * or `succeeded`). Run again it asks Stripe how the refund stands; a refund that the bank sent back
 * (`failed`) is reversed in the ledger and left to the operator.
 *
 * Fails with `payments-unavailable` (try again) or `refund-not-found`. Locks the order's row, after
 * Stripe was asked. https://docs.stripe.com/refunds
 */
export async function refundPayment(
  db: Kysely<DB>,
  payments: PaymentGateway,
  { refundId }: { refundId: string },
): Promise<Refunded> {
  const asked = await readRefund(db, refundId);
  if (!asked) return { ok: false, reason: "refund-not-found" };
  if (asked.status === "failed")
    return { ok: true, status: "failed", stripeRefundId: asked.stripe_refund_id };
  const answer = asked.stripe_refund_id
    ? await payments.retrieveRefund(asked.stripe_refund_id)
    : await payments.refund({
        paymentIntentId: asked.payment_intent_id,
        fen: asked.fen,
        idempotencyKey: asked.idempotency_key,
        metadata: { order_number: asked.number, refund_id: asked.id, reason: asked.reason },
      });
  if (!answer.ok && answer.reason === "payments-unavailable") return answer;
  const refund = answer.ok
    ? answer.refund
    : { id: null, status: "failed" as const, balanceTransactionId: null };
  await keepAnswer(db, asked, refund);
  return { ok: true, status: refund.status, stripeRefundId: refund.id };
}
