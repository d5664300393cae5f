import { beginLook, markEventsProcessed } from "#app/domain/payments/record-event.ts";
import { settleDispute } from "#app/domain/payments/settle-dispute.ts";
import type { Jobs } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";

/** Brings books and order to how a dispute stands. Throws, to be tried again, while it cannot be. */
export async function settleDisputeJob(
  { db, payments, log }: Pick<Services, "db" | "payments" | "log">,
  { disputeId }: Jobs["settle-dispute"],
): Promise<void> {
  const begun = await beginLook(db);
  const settled = await settleDispute(db, payments, { disputeId });
  if (!settled.ok) {
    throw new Error(`dispute ${disputeId} cannot be settled now: ${settled.reason}`);
  }
  const { outcome } = settled;
  log.warn({ disputeId, outcome }, "a payment is disputed");
  await markEventsProcessed(db, disputeId, { outcome, begun });
}
