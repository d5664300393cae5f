import { takeTracking } from "#app/domain/parcels/tracking/take-tracking.ts";
import type { Jobs } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";

/** Takes a table of tracking numbers. Killed halfway, it goes on where it was. */
export async function takeTrackingJob(
  { db }: Pick<Services, "db">,
  { fileId }: Jobs["take-tracking"],
): Promise<void> {
  await takeTracking(db, { fileId });
}
