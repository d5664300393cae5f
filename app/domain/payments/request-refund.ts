import type { Transaction as DbTransaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { queueJob } from "#app/jobs/queue.ts";
import type { DB } from "#db/schema.d.ts";

/**
 * Why money is given back in full without anybody asking: `late-payment` (the hold had ended and
 * the stock is gone) or `second-payment` (the order was paid already); `cancelled` is asked for.
 */
export type RefundReason = "late-payment" | "second-payment" | "cancelled";

/**
 * Asks for a full refund of one payment: written down and queued with the transaction that found
 * the reason, carried out by the job. One payment and reason make one refund, however often it is
 * asked for; its key is also Stripe's idempotency key. `fen` in the payment's own currency.
 */
export async function requestRefund(
  trx: DbTransaction<DB>,
  asked: { paymentId: string; orderId: string; fen: number; reason: RefundReason },
): Promise<void> {
  const { paymentId, orderId, fen, reason } = asked;
  const id = uuidv7();
  const written = await trx
    .insertInto("refunds")
    .values({
      id,
      payment_id: paymentId,
      order_id: orderId,
      idempotency_key: `refund:${paymentId}:${reason}`,
      status: "requested",
      reason,
      fen,
    })
    .onConflict((conflict) => conflict.column("idempotency_key").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!written) return;
  await queueJob(trx, "refund-payment", { refundId: id }, { key: `refund-payment:${id}` });
}
