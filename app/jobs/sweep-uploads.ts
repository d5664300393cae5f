import { sweepUploads } from "#app/domain/photos/sweep-uploads.ts";
import type { Services } from "#app/load-context.ts";

/** Throws away photos that never came whole. */
export async function sweepUploadsJob({
  db,
  arriving,
  log,
}: Pick<Services, "db" | "arriving" | "log">): Promise<void> {
  const swept = await sweepUploads(db, arriving);
  if (swept.files > 0) log.info(swept, "photos that never came whole were thrown away");
}
