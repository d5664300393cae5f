import { forgetOrigins } from "#app/domain/audit/forget-origins.ts";
import type { Services } from "#app/load-context.ts";

/** Keeps no longer than a year from where people acted. */
export async function forgetOriginsJob({ db, log }: Pick<Services, "db" | "log">): Promise<void> {
  const gone = await forgetOrigins(db);
  if (gone > 0) log.info({ gone }, "from where people acted over a year ago was forgotten");
}
