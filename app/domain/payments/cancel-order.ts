import type { Kysely } from "kysely";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { closeUnpaidOrder } from "../orders/close-order.ts";
import { lockOrder } from "../orders/lock-order.ts";
import type { OrderStatus } from "../orders/order-states.ts";
import { ownsOrder } from "../orders/read-basket.ts";
import type { BuyerScope } from "../scopes.ts";
import { closeCheckout } from "./close-checkout.ts";
import { settlePayment } from "./settle-payment.ts";

export type Cancelled =
  | { ok: true; number: string }
  | { ok: false; reason: "order-not-found" | "payments-unavailable" | "order-changed" }
  /** Paid, under way or over already; `status` says how it stands now. */
  | { ok: false; reason: "order-not-cancellable"; status: OrderStatus };

/**
 * Cancels the buyer's own order while it is unpaid. The checkout is closed at Stripe first; if the
 * money was faster, the order is settled and `order-not-cancellable` is answered. A second call
 * on a cancelled order is `ok`. Fails with `order-not-found` (also for another buyer's),
 * `payments-unavailable` (nothing is changed), `order-changed` (a checkout was opened meanwhile:
 * try again). Locks the order's row, then its lots in id order.
 */
export async function cancelOrder(
  db: Kysely<DB>,
  payments: PaymentGateway,
  buyer: BuyerScope,
  { number, now = new Date() }: { number: string; now?: Date },
): Promise<Cancelled> {
  const order = await db
    .selectFrom("orders")
    .select(["id", "status", "checkout_session_id"])
    .where("number", "=", number)
    .where(ownsOrder(buyer))
    .executeTakeFirst();
  if (!order) return { ok: false, reason: "order-not-found" };
  const checkoutSessionId = order.checkout_session_id;
  if (order.status === "pending-payment" && checkoutSessionId) {
    const closed = await closeCheckout(payments, checkoutSessionId);
    if (closed === "payments-unavailable") return { ok: false, reason: closed };
    if (closed === "paid") await settlePayment(db, payments, { checkoutSessionId, now });
    if (closed === "processing") {
      return { ok: false, reason: "order-not-cancellable", status: "pending-payment" };
    }
  }
  return db.transaction().execute(async (trx): Promise<Cancelled> => {
    const locked = await lockOrder(trx, order.id);
    if (!locked) return { ok: false, reason: "order-not-found" };
    if (locked.status === "cancelled") return { ok: true, number };
    if (locked.checkoutSessionId !== checkoutSessionId) {
      return { ok: false, reason: "order-changed" };
    }
    if (await closeUnpaidOrder(trx, locked, "cancelled", now)) return { ok: true, number };
    return { ok: false, reason: "order-not-cancellable", status: locked.status };
  });
}
