import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { closeUnpaidOrder } from "../orders/close-order.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { isOrderNumber } from "../orders/order-number.ts";
import type { OrderStatus } from "../orders/order-states.ts";
import { STILL_OWED } from "../orders/owed-views.ts";
import { ownsOrder } from "../orders/read-basket.ts";
import type { BuyerScope } from "../scopes.ts";
import { cancelPaidOrder } from "./cancel-paid-order.ts";
import { closeCheckout } from "./close-checkout.ts";
import { settlePayment } from "./settle-payment.ts";

export type Cancelled =
  /** `refundFen` goes back to the buyer: 0 when nothing was paid. */
  | { ok: true; number: string; refundFen: number }
  | { ok: false; reason: "order-not-found" | "payments-unavailable" | "order-changed" }
  /** It is cancelled, but its money did not go back: it waits for the operator. */
  | { ok: false; reason: "refund-failed" }
  /** Paid, under way or over already; `status` says how it stands now. */
  | { ok: false; reason: "order-not-cancellable"; status: OrderStatus };

/** Money that is neither the order's nor on its way back: until it is, nothing may be cancelled. */
const MONEY_WAITS: ReadonlySet<string> = new Set(["suspended", "processing", "unpaid"]);

/**
 * Cancels the buyer's own order while it is unpaid, or, `withRefund`, also while it is paid and no
 * cooperative has taken it up: then all that is left of its money is refunded. An unpaid one's checkout is closed at
 * Stripe first; if the money was faster, the order is settled and `order-not-cancellable` is
 * answered, since the buyer did not speak of a refund; so it is with `pending-payment` while money
 * is on its way or was put aside for the operator. A second call on a cancelled order is `ok`, unless its
 * money has not gone back.
 *
 * Fails with `order-not-found` (also for another buyer's), `payments-unavailable` (nothing is
 * changed), `order-changed` (a checkout was opened meanwhile: try again) or `refund-failed`. Locks the order's row,
 * its parcels by id, then its lots in id order.
 */
export async function cancelOrder(
  db: Kysely<DB>,
  payments: PaymentGateway,
  buyer: BuyerScope,
  {
    number,
    withRefund = false,
    now = new Date(),
  }: { number: string; withRefund?: boolean; now?: Date },
): Promise<Cancelled> {
  if (!isOrderNumber(number)) return { ok: false, reason: "order-not-found" };
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
    const settled =
      closed === "paid" ? await settlePayment(db, payments, { checkoutSessionId, now }) : null;
    // It is paid, and we do not know what for: closing it now would keep the buyer's money.
    if (settled && !settled.ok) return { ok: false, reason: "payments-unavailable" };
    if (closed === "processing" || (settled && MONEY_WAITS.has(settled.outcome))) {
      return { ok: false, reason: "order-not-cancellable", status: "pending-payment" };
    }
  }
  return db.transaction().execute(async (trx): Promise<Cancelled> => {
    const locked = await lockOrder(trx, order.id);
    if (!locked) return { ok: false, reason: "order-not-found" };
    const { refundFen, hasFailed } = await cancelledMoney(trx, order.id);
    if (locked.status === "cancelled" || refundFen > 0) {
      return hasFailed ? { ok: false, reason: "refund-failed" } : { ok: true, number, refundFen };
    }
    // Without one: the webhook of the page closed just now was faster.
    if (locked.checkoutSessionId !== null && locked.checkoutSessionId !== checkoutSessionId) {
      return { ok: false, reason: "order-changed" };
    }
    if (await closeUnpaidOrder(trx, locked, "cancelled", now)) {
      return { ok: true, number, refundFen: 0 };
    }
    const { userId } = buyer;
    const off = withRefund ? await cancelPaidOrder(trx, locked, { userId, now }) : null;
    if (off) return { ok: true, number, ...off };
    return { ok: false, reason: "order-not-cancellable", status: locked.status };
  });
}

/**
 * What the buyer's own cancellation has given back, or is giving back, of the order: the refund that
 * was asked for then (call-off.ts), whole, since what stands for parts of it later is no more money
 * (adopt-refund.ts, count-verdicts.ts); and whether a refund of the order failed, whoever cancelled
 * it, and something is owed to the buyer still.
 */
async function cancelledMoney(trx: DbTransaction<DB>, orderId: string) {
  const { rows } = await sql<{ refundFen: number; hasFailed: boolean }>`
    select coalesce(sum(f.fen) filter (where f.idempotency_key
        = 'refund:' || f.payment_id || ':cancelled-by-buyer:' || orders.id), 0) as "refundFen",
      coalesce(bool_or(f.status = 'failed' and f.bank_reference is null), false)
        and ${STILL_OWED} > 0 as "hasFailed"
    from orders left join refunds f on f.order_id = orders.id
    where orders.id = ${orderId} group by orders.id`.execute(trx);
  return rows[0] ?? { refundFen: 0, hasFailed: false };
}
