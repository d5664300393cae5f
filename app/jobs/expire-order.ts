import { expireOrder } from "#app/domain/payments/expire-order.ts";
import type { Jobs } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";

/** Ends an order that was not paid in time. Throws, to be tried again, while Stripe cannot close it. */
export async function expireOrderJob(
  { db, payments }: Pick<Services, "db" | "payments">,
  { orderId }: Jobs["expire-order"],
): Promise<void> {
  const expired = await expireOrder(db, payments, { orderId });
  if (!expired.ok && expired.reason !== "order-not-found") {
    throw new Error(`order ${orderId} cannot be ended now: ${expired.reason}`);
  }
}
