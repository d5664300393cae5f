import type { Transaction as DbTransaction, Kysely } from "kysely";
import { queueJob } from "#app/domain/queue/queue-job.ts";
import type { Refund } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { nextOrderStatus } from "../orders/order-states.ts";
import { bearLoss } from "./bear-loss.ts";
import { type PaymentStanding, updatePaymentStanding } from "./payment-standing.ts";
import { postRefund, reverseRefund } from "./post-refund.ts";

type Answer = Pick<Refund, "status"> & Partial<Pick<Refund, "failure">> & { id: string | null };

async function moveOrder(trx: DbTransaction<DB>, orderId: string, standing: PaymentStanding) {
  const { status: payment, isSale } = standing;
  const order = await lockOrder(trx, orderId);
  const event = payment === "refunded" ? "fully-refunded" : "partly-refunded";
  const status = isSale && order ? nextOrderStatus(order.status, event) : null;
  if (!status) return;
  await trx
    .updateTable("orders")
    .set({ status, updated_at: new Date() })
    .where("id", "=", orderId)
    .execute();
}

/**
 * Writes what Stripe says of a refund, with the postings and the order's state that belong to it.
 * `pending` and `succeeded` mean that the money has left our balance: it is posted, once. `failed`
 * posts nothing, or reverses what was posted; the parts may then be refunded again. A second time
 * changes nothing, and a failure is final, whatever comes after it. Locks the order's row.
 */
export async function keepRefund(
  db: Kysely<DB>,
  refund: { id: string; orderId: string },
  answer: Answer,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockOrder(trx, refund.orderId);
    const current = await trx
      .selectFrom("refunds")
      .select(["id", "payment_id", "status", "fen", "stripe_refund_id"])
      .where("id", "=", refund.id)
      .executeTakeFirstOrThrow();
    if (current.status === answer.status || current.status === "failed") return;
    // Events may come in any order: what has succeeded is not pending again.
    if (current.status === "succeeded" && answer.status === "pending") return;
    await trx
      .updateTable("refunds")
      .set({
        status: answer.status,
        stripe_refund_id: answer.id ?? current.stripe_refund_id,
        failure: answer.failure ?? null,
        updated_at: new Date(),
      })
      .where("id", "=", current.id)
      .execute();
    if (answer.status === "failed") {
      await reverseRefund(trx, current.id, new Date());
      const standing = await updatePaymentStanding(trx, current.payment_id);
      if (standing.isSale) await bearLoss(trx, refund.orderId, standing, new Date());
    } else if (current.status === "requested") {
      await postRefund(trx, current, new Date());
      const standing = await updatePaymentStanding(trx, current.payment_id);
      await moveOrder(trx, refund.orderId, standing);
      if (standing.isSale) await bearLoss(trx, refund.orderId, standing, new Date());
      const { id: refundId } = current;
      await queueJob(trx, "send-sms", { refundId }, { key: `send-sms:${refundId}` });
    }
  });
}
