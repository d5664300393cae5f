import type { Kysely } from "kysely";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { keepRefund } from "./keep-refund.ts";

export type Refunded =
  | { ok: true; status: "pending" | "succeeded" | "failed"; stripeRefundId: string | null }
  | { ok: false; reason: "payments-unavailable" | "refund-not-found" };

type Asked = {
  id: string;
  order_id: string;
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

/**
 * Carries out a requested refund at Stripe, under its own idempotency key, and posts it as soon as
 * Stripe has taken the money out of our balance (`pending` or `succeeded`). Run again it asks Stripe how the refund stands; a refund that the bank sent back
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
  const refused = { id: null, status: "failed" as const };
  const refund = answer.ok
    ? answer.refund
    : { ...refused, failure: answer.reason === "refund-refused" ? answer.code : answer.reason };
  await keepRefund(db, { id: asked.id, orderId: asked.order_id }, refund);
  return { ok: true, status: refund.status, stripeRefundId: refund.id };
}
