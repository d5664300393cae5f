import { settleCharge } from "#app/domain/payments/settle-charge.ts";
import type { Jobs } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";

/** Brings the books to money at Stripe that they do not know. Throws, to be tried again, when Stripe is away. */
export async function settleChargeJob(
  { db, payments, log }: Pick<Services, "db" | "payments" | "log">,
  { chargeId }: Jobs["settle-charge"],
): Promise<void> {
  const settled = await settleCharge(db, payments, { chargeId });
  if (!settled.ok) throw new Error(`Stripe cannot be asked about ${chargeId}`);
  const { outcome } = settled;
  if (outcome === "unmatched") log.warn({ chargeId }, "a payment belongs to no order");
}
