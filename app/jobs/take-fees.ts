import { takeFees } from "#app/domain/reconcile/take-fees.ts";
import type { Services } from "#app/load-context.ts";

/** Posts the fees that Stripe has taken since the last time; while Stripe is away, nothing. */
export async function takeFeesJob({
  db,
  payments,
  log,
}: Pick<Services, "db" | "payments" | "log">): Promise<void> {
  const taken = await takeFees(db, payments);
  if (!taken.ok) return log.warn("Stripe cannot be asked for its fees now");
  if (taken.booked > 0) log.info({ booked: taken.booked }, "Stripe's fees were posted");
}
