import { settledElsewhere } from "#app/domain/reconcile/settled-elsewhere.ts";
import { takeFees } from "#app/domain/reconcile/take-fees.ts";
import type { Services } from "#app/load-context.ts";

/**
 * Posts the fees that Stripe has taken since the last time; while Stripe is away, nothing.
 * Says so, each time, as long as Stripe exchanges what buyers pay into another currency.
 */
export async function takeFeesJob({
  db,
  payments,
  log,
}: Pick<Services, "db" | "payments" | "log">): Promise<void> {
  const taken = await takeFees(db, payments);
  if (!taken.ok) return log.warn("Stripe cannot be asked for its fees now");
  if (taken.elsewhere) log.error(settledElsewhere(taken.elsewhere));
  if (taken.booked > 0) log.info({ booked: taken.booked }, "Stripe's fees were posted");
}
