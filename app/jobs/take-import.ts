import { takeImport } from "#app/domain/imports/take-import.ts";
import type { Jobs } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";

/** Takes a table of stock, prices or offers. Killed halfway, it goes on where it was. */
export async function takeImportJob(
  { db }: Pick<Services, "db">,
  { importId }: Jobs["take-import"],
): Promise<void> {
  await takeImport(db, { importId });
}
