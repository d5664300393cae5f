import { beginLook, markEventsProcessed } from "#app/domain/payments/record-event.ts";
import { settleRefunds } from "#app/domain/payments/settle-refunds.ts";
import type { Jobs } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";

/** Brings the books to what was given back of a charge. Throws, to be tried again, while they cannot be. */
export async function settleRefundsJob(
  { db, payments }: Pick<Services, "db" | "payments">,
  { chargeId }: Jobs["settle-refunds"],
): Promise<void> {
  const begun = await beginLook(db);
  const settled = await settleRefunds(db, payments, { chargeId });
  if (!settled.ok) {
    throw new Error(`refunds of ${chargeId} cannot be settled now: ${settled.reason}`);
  }
  const objects = [chargeId, ...settled.stripeRefundIds];
  for (const objectId of objects)
    await markEventsProcessed(db, objectId, { outcome: settled.outcome, begun });
}
