import type { Transaction as DbTransaction, Kysely } from "kysely";
import { validate as isUuid } from "uuid";
import type { Checkout, PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { closeUnpaidOrder } from "../orders/close-order.ts";
import { type LockedOrder, lockOrder } from "../orders/lock-order.ts";
import { type Received, receivePayment } from "./receive-payment.ts";
import { settleUnmatched } from "./settle-unmatched.ts";

export type Settled =
  | {
      ok: true;
      orderId: string;
      /**
       * `unpaid`: may still be paid; `processing`: the bank takes its time; `over`: it never came;
       * `refused`: nor did it, since the bank said no, and there is time for another page.
       */
      outcome: Received | "unpaid" | "processing" | "over" | "refused";
    }
  | {
      ok: false;
      reason: "payments-unavailable" | "unknown-checkout" | "unknown-order" | "unmatched";
      /** With `payments-unavailable`: Stripe has had too many requests of ours. */
      isTooMany?: true;
    };

/** Whether the buyer is to read that her last try failed, or that her bank decides: as Stripe has it now. */
async function noteAttempt(trx: DbTransaction<DB>, checkout: Checkout): Promise<void> {
  const { id, isDeclined, isProcessing } = checkout;
  await trx
    .updateTable("orders")
    .set({ is_payment_declined: isDeclined, is_payment_processing: isProcessing })
    .where("checkout_session_id", "=", id)
    .where((eb) =>
      eb.or([
        eb("is_payment_declined", "<>", isDeclined),
        eb("is_payment_processing", "<>", isProcessing),
      ]),
    )
    .execute();
}

/**
 * The order's page can be paid no more. One with time left keeps its goods and forgets the page, so
 * that another is opened; else its time ends it. True when the buyer's bank had said no.
 */
async function leavePage(
  trx: DbTransaction<DB>,
  order: LockedOrder,
  checkout: Checkout,
  now: Date,
): Promise<boolean> {
  const isRefused = checkout.status === "complete";
  const refused = isRefused ? { bank_refused_at: now } : {};
  const hasTime = order.expiresAt > now;
  const left = { checkout_session_id: null, checkout_url: null, is_payment_declined: false };
  await trx
    .updateTable("orders")
    .set({ ...refused, is_payment_processing: false, updated_at: now })
    .$if(hasTime, (query) => query.set({ ...left, closed_pages: order.closedPages + 1 }))
    .where("id", "=", order.id)
    .execute();
  if (!hasTime) await closeUnpaidOrder(trx, order, "expired", now);
  return hasTime && isRefused;
}

async function converge(
  db: Kysely<DB>,
  orderId: string,
  checkout: Checkout,
  now: Date,
): Promise<Settled> {
  return db.transaction().execute(async (trx): Promise<Settled> => {
    const order = await lockOrder(trx, orderId);
    if (!order) return { ok: false, reason: "unknown-order" };
    if (checkout.payment) {
      const outcome = await receivePayment(trx, order, checkout.id, checkout.payment, now);
      return { ok: true, orderId, outcome };
    }
    if (checkout.isProcessing || checkout.status === "open") {
      await noteAttempt(trx, checkout);
      return { ok: true, orderId, outcome: checkout.isProcessing ? "processing" : "unpaid" };
    }
    // Of a page whose address was lost the order may have been given more time since.
    const isLost = order.checkoutSessionId === null && order.expiresAt <= now;
    const isIts = order.checkoutSessionId === checkout.id || isLost;
    const isOpen = order.status === "pending-payment" && isIts;
    const isRefused = isOpen && (await leavePage(trx, order, checkout, now));
    return { ok: true, orderId, outcome: isRefused ? "refused" : "over" };
  });
}

/**
 * Asks Stripe what became of a checkout and brings the order to it: paid with its stock sold and
 * the sale posted; put aside when the amount differs; refunded by itself when it came too late or
 * twice. A page that closed unpaid, or whose payment the bank refused, ends no order that has time
 * left: that keeps its goods and may have another page; one without expires. The webhook, the buyer's return and the expiry
 * all run this same function, in any order and as often as they like: one effect.
 *
 * Fails with `payments-unavailable` (try again), `unknown-checkout` (Stripe knows no such id),
 * `unknown-order` (a checkout that is not ours and brought no money) or `unmatched` (it did, and that
 * is put aside; see keep-unmatched.ts). Stripe is asked first, outside any transaction;
 * then the order's row is locked, and after it its lots in id order.
 * https://docs.stripe.com/checkout/fulfillment
 */
export async function settlePayment(
  db: Kysely<DB>,
  payments: PaymentGateway,
  { checkoutSessionId, now = new Date() }: { checkoutSessionId: string; now?: Date },
): Promise<Settled> {
  const found = await payments.retrieveCheckout(checkoutSessionId);
  if (!found.ok) return found;
  const { checkout } = found;
  if (checkout.orderId && isUuid(checkout.orderId)) {
    const settled = await converge(db, checkout.orderId, checkout, now);
    if (settled.ok || settled.reason !== "unknown-order") return settled;
  }
  const chargeId = checkout.payment?.chargeId;
  if (!chargeId) return { ok: false, reason: "unknown-order" };
  const aside = await settleUnmatched(db, payments, { chargeId });
  if (!aside.ok) return aside;
  return { ok: false, reason: aside.outcome === "unmatched" ? "unmatched" : "unknown-order" };
}
