import type Stripe from "stripe";
import type { Charge, Dispute } from "./payments.ts";
import { dateOf, idOf, refundOf } from "./stripe-shapes.ts";

type Reference = string | Stripe.PaymentIntent | null;

/** Our checkouts write the order's id into the payment's own record; others have none. */
function orderOf(intent: Reference): string | null {
  return typeof intent === "string" ? null : (intent?.metadata.order_id ?? null);
}

/** Everything given back of a payment, newest first, however many pages of a hundred it takes. */
export async function listRefunds(
  stripe: Stripe,
  of: { charge: string } | { payment_intent: string },
): Promise<Stripe.Refund[]> {
  const refunds: Stripe.Refund[] = [];
  const asked = { ...of, limit: 100, expand: ["data.failure_balance_transaction"] };
  for await (const refund of stripe.refunds.list(asked)) refunds.push(refund);
  return refunds;
}

/** The line of its money's way back is there since it has failed. */
function failedAtOf({ failure_balance_transaction: back }: Stripe.Refund): Date | null {
  return back && typeof back === "object" ? dateOf(back.created) : null;
}

/** As Stripe lists them they are newest first. */
export const oldestFirst = (refunds: Stripe.Refund[]): Charge["refunds"] =>
  refunds.toReversed().map((refund) => ({
    ...refundOf(refund),
    fen: refund.amount,
    ourRefundId: refund.metadata?.refund_id ?? null,
    createdAt: dateOf(refund.created),
    failedAt: failedAtOf(refund),
  }));

export async function retrieveRefund(stripe: Stripe, id: string) {
  const refund = await stripe.refunds.retrieve(id);
  return { ok: true as const, refund: refundOf(refund), chargeId: idOf(refund.charge) };
}

/** Every dispute of a charge, newest first. */
export async function listDisputes(stripe: Stripe, charge: string) {
  const disputes: Dispute[] = [];
  const pages = stripe.disputes.list({ charge, limit: 100 });
  for await (const dispute of pages) disputes.push(disputeOf(dispute));
  return { ok: true as const, disputes };
}

/** `refunds` as Stripe lists them, newest first. */
export function chargeOf(charge: Stripe.Charge, refunds: Stripe.Refund[]): Charge {
  return {
    id: charge.id,
    paymentIntentId: idOf(charge.payment_intent),
    orderId: orderOf(charge.payment_intent),
    paid:
      charge.paid && charge.amount_captured > 0
        ? {
            fen: charge.amount_captured,
            currency: charge.currency,
            paidAt: dateOf(charge.created),
          }
        : null,
    refunds: oldestFirst(refunds),
  };
}

export function disputeOf(dispute: Stripe.Dispute): Dispute {
  return {
    id: dispute.id,
    fen: dispute.amount,
    currency: dispute.currency,
    chargeId: idOf(dispute.charge) ?? "",
    paymentIntentId: idOf(dispute.payment_intent),
    orderId: orderOf(dispute.payment_intent),
    status: dispute.status,
    reason: dispute.reason,
    dueAt: dispute.evidence_details.due_by ? dateOf(dispute.evidence_details.due_by) : null,
    movements: dispute.balance_transactions.map((moved) => ({
      id: moved.id,
      fen: moved.amount,
      feeFen: moved.fee,
      currency: moved.currency,
      movedAt: dateOf(moved.created),
    })),
  };
}
