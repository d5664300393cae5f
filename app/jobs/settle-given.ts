import { isStillUnknown } from "#app/domain/payments/unknown-refund.ts";
import { type Jobs, queueJob } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";
import { settleRefundsJob } from "./settle-refunds.ts";

const DAY_MS = 24 * 60 * 60_000;

/**
 * Looks at the charge of a refund that only Stripe's balance has told us of. What the books still
 * do not have after that is looked at again in a day, and the nightly reconciliation names it.
 * Throws, to be tried again, while Stripe cannot be asked.
 */
export async function settleGivenJob(
  services: Pick<Services, "db" | "payments">,
  { stripeRefundId }: Jobs["settle-given"],
): Promise<void> {
  const found = await services.payments.retrieveRefund(stripeRefundId);
  if (!found.ok) throw new Error(`refund ${stripeRefundId} cannot be looked at: ${found.reason}`);
  const { chargeId } = found;
  if (chargeId !== null) await settleRefundsJob(services, { chargeId });
  if (!(await isStillUnknown(services.db, stripeRefundId))) return;
  const key = `settle-given:${stripeRefundId}`;
  const runAt = new Date(Date.now() + DAY_MS);
  await queueJob(services.db, "settle-given", { stripeRefundId }, { key, runAt });
}
