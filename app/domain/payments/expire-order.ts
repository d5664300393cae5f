import type { Kysely } from "kysely";
import { queueJob } from "#app/domain/queue/queue-job.ts";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { closeUnpaidOrder } from "../orders/close-order.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { closeCheckout } from "./close-checkout.ts";
import { settlePayment } from "./settle-payment.ts";

export type Expired =
  | { ok: true; outcome: "expired" | "settled" | "not-pending" | "not-due" | "processing" }
  | { ok: false; reason: "payments-unavailable" | "order-not-found" | "order-changed" };

const LOOK_AGAIN_MS = 10 * 60_000;

async function lookAgain(db: Kysely<DB>, orderId: string, runAt: Date): Promise<void> {
  await queueJob(db, "expire-order", { orderId }, { key: `expire-order:${orderId}`, runAt });
}

/**
 * Ends an unpaid order whose time is over: closes its checkout at Stripe first, and settles
 * instead if Stripe says that it was paid; only then its stock goes back. Run by the job at
 * `expires_at` and by the sweeper; early (`not-due`) and repeated runs (`not-pending`) do nothing.
 * While a bank is still `processing` the hold is kept and looked at again in ten minutes.
 *
 * Fails with `payments-unavailable` (the order keeps its stock: somebody might just be paying),
 * `order-changed` (it got a checkout meanwhile: run again) or `order-not-found`. Stripe is asked
 * outside any transaction; then the order's row and its lots, in id order, are locked.
 */
export async function expireOrder(
  db: Kysely<DB>,
  payments: PaymentGateway,
  { orderId, now = new Date() }: { orderId: string; now?: Date },
): Promise<Expired> {
  const order = await db
    .selectFrom("orders")
    .select(["status", "expires_at", "checkout_session_id"])
    .where("id", "=", orderId)
    .executeTakeFirst();
  if (!order) return { ok: false, reason: "order-not-found" };
  if (order.status !== "pending-payment") return { ok: true, outcome: "not-pending" };
  if (order.expires_at > now) {
    await lookAgain(db, orderId, order.expires_at);
    return { ok: true, outcome: "not-due" };
  }
  const checkoutSessionId = order.checkout_session_id;
  if (checkoutSessionId) {
    const closed = await closeCheckout(payments, checkoutSessionId);
    if (closed === "payments-unavailable") return { ok: false, reason: closed };
    if (closed === "processing") {
      await lookAgain(db, orderId, new Date(now.getTime() + LOOK_AGAIN_MS));
      return { ok: true, outcome: "processing" };
    }
    if (closed === "paid") {
      const settled = await settlePayment(db, payments, { checkoutSessionId, now });
      if (!settled.ok) return { ok: false, reason: "payments-unavailable" };
      // A payment that was put aside does not keep the goods from other buyers.
      if (settled.outcome !== "suspended") return { ok: true, outcome: "settled" };
    }
  }
  return db.transaction().execute(async (trx): Promise<Expired> => {
    const locked = await lockOrder(trx, orderId);
    if (!locked) return { ok: false, reason: "order-not-found" };
    if (locked.checkoutSessionId !== checkoutSessionId || locked.expiresAt > now) {
      return { ok: false, reason: "order-changed" };
    }
    const isClosed = await closeUnpaidOrder(trx, locked, "expired", now);
    return { ok: true, outcome: isClosed ? "expired" : "not-pending" };
  });
}
