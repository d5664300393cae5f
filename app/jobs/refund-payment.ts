import { beginLook, markEventsProcessed } from "#app/domain/payments/record-event.ts";
import { refundPayment } from "#app/domain/payments/refund-payment.ts";
import type { Jobs } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";

/** Carries out a refund, or looks how it stands. Throws, to be tried again, when Stripe is away. */
export async function refundPaymentJob(
  { db, payments, log }: Pick<Services, "db" | "payments" | "log">,
  { refundId }: Jobs["refund-payment"],
): Promise<void> {
  const begun = await beginLook(db);
  const refunded = await refundPayment(db, payments, { refundId });
  if (!refunded.ok) {
    if (refunded.reason === "refund-not-found") return;
    throw new Error(`Stripe cannot be asked about refund ${refundId}`);
  }
  if (refunded.status === "failed") log.error({ refundId }, "a refund failed");
  if (refunded.stripeRefundId) {
    await markEventsProcessed(db, refunded.stripeRefundId, { outcome: refunded.status, begun });
  }
}
