import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { Charge, PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { keepRefund } from "./keep-refund.ts";
import { requestOrderRefund } from "./request-order-refund.ts";
import { writeRefund } from "./request-refund.ts";
import { leftOfPayment } from "./still-left.ts";

export type SettledRefunds =
  | { ok: true; outcome: "settled" | "not-ours"; stripeRefundIds: string[] }
  | { ok: false; reason: "payments-unavailable" | "unknown-payment" }
  /** More was given back by hand than our books have left: refunds of ours are still under way. */
  | { ok: false; reason: "more-than-left" };

type Payment = { id: string; order_id: string; fen: number; isAside: boolean };
type Given = Charge["refunds"][number];

async function readPayment(db: Kysely<DB>, paymentIntentId: string): Promise<Payment | null> {
  const { rows } = await sql<Payment>`
    select p.id, p.order_id, p.fen, exists (select from ledger_transactions t
      where t.idempotency_key = 'suspense:' || p.id) as "isAside"
    from payments p where p.payment_intent_id = ${paymentIntentId}`.execute(db);
  return rows[0] ?? null;
}

/** Ours by Stripe's id, or by the id of ours that we wrote into it (when the answer was lost). */
async function findRefund(db: Kysely<DB>, paymentId: string, given: Given): Promise<string | null> {
  const ours = given.ourRefundId && isUuid(given.ourRefundId) ? given.ourRefundId : null;
  const row = await db
    .selectFrom("refunds")
    .select("id")
    .where("payment_id", "=", paymentId)
    .where((eb) =>
      eb.or([
        eb("stripe_refund_id", "=", given.id),
        ...(ours ? [eb("id", "=", ours)] : []),
        eb("idempotency_key", "=", `refund:${paymentId}:${given.id}`),
      ]),
    )
    // Ours may have been superseded by one written down under Stripe's id.
    .orderBy(sql`stripe_refund_id = ${given.id}`, (order) => order.desc().nullsLast())
    .executeTakeFirst();
  return row?.id ?? null;
}

/**
 * Writes down what somebody gave back at Stripe, spread over the accounts by our rules; of a
 * payment put aside any part of it. Stripe's id goes with it: a row without one is a refund that
 * we have yet to ask Stripe for. Null when our books have not so much left.
 */
async function adopt(db: Kysely<DB>, payment: Payment, given: Given): Promise<string | null> {
  return db.transaction().execute(async (trx) => {
    await lockOrder(trx, payment.order_id);
    const made = async (id: string) => {
      const byStripe = { stripe_refund_id: given.id };
      await trx.updateTable("refunds").set(byStripe).where("id", "=", id).execute();
      return id;
    };
    const asked = { orderId: payment.order_id, reason: "by-hand", key: given.id } as const;
    if (payment.isAside) {
      if (given.fen > (await leftOfPayment(trx, payment.id))) return null;
      const { id } = await writeRefund(trx, { ...asked, paymentId: payment.id, fen: given.fen });
      return made(id);
    }
    const of = { kind: "given", fen: given.fen } as const;
    const requested = await requestOrderRefund(trx, {
      ...asked,
      of,
      parcelId: null,
      userId: null,
      isGiven: true,
    });
    return requested.ok ? made(requested.refundId) : null;
  });
}

/**
 * Asks Stripe what was given back of a charge and brings the books to it: refunds of ours get
 * the state they have there, those made by hand at Stripe are written down and posted, in parts
 * too. Any order of events and any number of runs come to the same.
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
    return charge.orderId
      ? { ok: false, reason: "unknown-payment" }
      : { ok: true, outcome: "not-ours", stripeRefundIds };
  }
  for (const given of charge.refunds) {
    const orderId = payment.order_id;
    const known = await findRefund(db, payment.id, given);
    if (!known && given.status === "failed") continue;
    if (known && (await keepRefund(db, { id: known, orderId }, given)) === "kept") continue;
    const id = await adopt(db, payment, given);
    if (!id) return { ok: false, reason: "more-than-left" };
    await keepRefund(db, { id, orderId }, given);
  }
  return { ok: true, outcome: "settled", stripeRefundIds };
}
