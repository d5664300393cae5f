import type { Kysely } from "kysely";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { mayLook } from "./ask-rarely.ts";
import { type Settled, settlePayment } from "./settle-payment.ts";

/** Whose a checkout is, as far as we know: `maybe` while an order's own was never heard of. */
async function isOwn(
  db: Kysely<DB>,
  orderId: string,
  checkoutSessionId: string,
): Promise<boolean | "maybe"> {
  const orders = await db
    .selectFrom("orders")
    .select(["id", "checkout_session_id as known"])
    .where((eb) =>
      eb.or([eb("id", "=", orderId), eb("checkout_session_id", "=", checkoutSessionId)]),
    )
    .execute();
  if (orders.some(({ known }) => known === checkoutSessionId)) {
    return orders.some(({ id, known }) => id === orderId && known === checkoutSessionId);
  }
  return orders.some(({ known }) => known === null) && "maybe";
}

/**
 * The buyer comes back to an order with a checkout in her address: settles it as settlePayment
 * does, and answers what became of it, but only of one that is this order's. Stripe is not asked
 * about any other (`unknown-checkout`): its own buyer's return, its webhook and the sweeper see to
 * that. Nor is it asked more than a few times in a few seconds for one order: then the answer is
 * `payments-unavailable`, or `unknown-checkout` of one that nobody here knows. Fails and locks as
 * settlePayment does.
 */
export async function settleReturn(
  db: Kysely<DB>,
  payments: PaymentGateway,
  { orderId, checkoutSessionId }: { orderId: string; checkoutSessionId: string },
): Promise<Settled> {
  const own = await isOwn(db, orderId, checkoutSessionId);
  if (own === false) return { ok: false, reason: "unknown-checkout" };
  if (!mayLook(orderId)) {
    return { ok: false, reason: own === "maybe" ? "unknown-checkout" : "payments-unavailable" };
  }
  const settled = await settlePayment(db, payments, { checkoutSessionId });
  const isOurs = !settled.ok || settled.orderId === orderId;
  return isOurs ? settled : { ok: false, reason: "unknown-checkout" };
}
