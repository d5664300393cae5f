import { sweepExpired } from "#app/domain/payments/sweep-expired.ts";
import type { Services } from "#app/load-context.ts";

/** Queues again what should have happened by now and did not. */
export async function sweepExpiredJob({ db, log }: Pick<Services, "db" | "log">): Promise<void> {
  const { queued } = await sweepExpired(db);
  if (queued > 0) log.info({ queued }, "the sweeper queued what was left behind");
}
