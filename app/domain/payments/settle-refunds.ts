import { type Kysely, sql } from "kysely";
import type { Charge, PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { adoptRefund } from "./adopt-refund.ts";
import { findRefund } from "./find-refund.ts";
import { isOrder } from "./is-order.ts";
import { keepRefund } from "./keep-refund.ts";
import { noteFailed } from "./note-failed.ts";
import type { ChargedPayment } from "./plan-given.ts";
import { settleCharge } from "./settle-charge.ts";

export type SettledRefunds =
  | { ok: true; outcome: "settled" | "unmatched" | "not-ours"; stripeRefundIds: string[] }
  | { ok: false; reason: "payments-unavailable" | "unknown-payment" }
  /** More was given back by hand than our books have left: refunds of ours are still under way. */
  | { ok: false; reason: "more-than-left" };

type Given = Charge["refunds"][number];

async function readPayment(
  db: Kysely<DB>,
  paymentIntentId: string,
): Promise<ChargedPayment | null> {
  const { rows } = await sql<ChargedPayment>`
    select p.id, p.order_id, p.currency, exists (select from ledger_transactions t
      where t.idempotency_key = 'suspense:' || p.id) as "isAside"
    from payments p where p.payment_intent_id = ${paymentIntentId}`.execute(db);
  return rows[0] ?? null;
}

/**
 * Asks Stripe what was given back of a charge and brings the books to it: refunds of ours get
 * the state they have there, those made by hand at Stripe are written down and posted, in parts
 * too (what failed before it was heard of as such, promised to nobody: note-failed.ts), and so are those of a payment that belongs to no order (settle-charge.ts). Any order of events and any number of runs come to the same.
 *
 * Fails with `payments-unavailable`, `unknown-payment` (ours, but not settled yet: try again) or
 * `more-than-left` (try again once our own refunds have been refused). Stripe is asked first; then
 * the order's row is locked, once a refund.
 */
export async function settleRefunds(
  db: Kysely<DB>,
  payments: PaymentGateway,
  { chargeId }: { chargeId: string },
): Promise<SettledRefunds> {
  const found = await payments.retrieveCharge(chargeId);
  if (!found.ok) return found;
  const { charge } = found;
  const stripeRefundIds = charge.refunds.map((refund) => refund.id);
  const payment = await readPayment(db, charge.paymentIntentId ?? "");
  if (!payment) {
    const isOurs = charge.orderId !== null && (await isOrder(db, charge.orderId));
    if (isOurs) return { ok: false, reason: "unknown-payment" };
    const aside = await settleCharge(db, payments, { chargeId });
    if (!aside.ok) return aside;
    const { outcome } = aside;
    return outcome === "known"
      ? { ok: false, reason: "unknown-payment" }
      : { ok: true, outcome, stripeRefundIds: aside.stripeRefundIds };
  }
  const { order_id: orderId } = payment;
  const byHand: Given[] = [];
  // Ours first, whatever Stripe's order: what is under way there is not to be covered by another.
  for (const given of charge.refunds) {
    const id = await findRefund(db, payment.id, given);
    const kept = id && (await keepRefund(db, { id, orderId }, given));
    if (kept !== "kept") byHand.push(given);
  }
  let isWaiting = false;
  for (const given of byHand) {
    if (given.status === "failed") {
      await noteFailed(db, payment, given);
      continue;
    }
    const id = await adoptRefund(db, payment, given, charge.refunds);
    if (id) await keepRefund(db, { id, orderId }, given);
    else isWaiting = true;
  }
  if (isWaiting) return { ok: false, reason: "more-than-left" };
  return { ok: true, outcome: "settled", stripeRefundIds };
}
