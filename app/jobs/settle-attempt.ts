import { beginLook, markEventsProcessed } from "#app/domain/payments/record-event.ts";
import { settleAttempt } from "#app/domain/payments/settle-attempt.ts";
import type { Jobs } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";

/** Brings an order to what a failed try to pay has left. Throws, to be tried again, when Stripe is away. */
export async function settleAttemptJob(
  { db, payments }: Pick<Services, "db" | "payments">,
  { paymentIntentId }: Jobs["settle-attempt"],
): Promise<void> {
  const begun = await beginLook(db);
  const settled = await settleAttempt(db, payments, { paymentIntentId });
  if (!settled.ok && settled.reason !== "unknown-order" && settled.reason !== "unmatched") {
    throw new Error(`Stripe cannot be asked about ${paymentIntentId}`);
  }
  const outcome = settled.ok ? settled.outcome : settled.reason;
  await markEventsProcessed(db, paymentIntentId, { outcome, begun });
}
