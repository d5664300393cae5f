import type { Kysely } from "kysely";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { type Settled, settlePayment } from "./settle-payment.ts";

/** Whether a checkout may be the order's: it has none that we know of, or this one. */
async function mayBeOf(db: Kysely<DB>, orderId: string, checkoutSessionId: string) {
  const order = await db
    .selectFrom("orders")
    .select("checkout_session_id as known")
    .where("id", "=", orderId)
    .executeTakeFirst();
  return order !== undefined && [null, checkoutSessionId].includes(order.known);
}

/**
 * The buyer comes back to an order with a checkout in her address: settles it as settlePayment
 * does, and answers what became of it, but only of one that is this order's. Of any other, which
 * comes to its own order all the same, the answer is `unknown-checkout`. Fails and locks as
 * settlePayment does.
 */
export async function settleReturn(
  db: Kysely<DB>,
  payments: PaymentGateway,
  { orderId, checkoutSessionId }: { orderId: string; checkoutSessionId: string },
): Promise<Settled> {
  const settled = await settlePayment(db, payments, { checkoutSessionId });
  const isOurs = settled.ok
    ? settled.orderId === orderId
    : settled.reason !== "payments-unavailable" || (await mayBeOf(db, orderId, checkoutSessionId));
  return isOurs ? settled : { ok: false, reason: "unknown-checkout" };
}
