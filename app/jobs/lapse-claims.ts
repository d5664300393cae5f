import { lapseClaims } from "#app/domain/claims/lapse-claims.ts";
import type { Services } from "#app/load-context.ts";

/** Moves on the claims that nobody has answered in time. */
export async function lapseClaimsJob({ db, log }: Pick<Services, "db" | "log">): Promise<void> {
  const { lapsed } = await lapseClaims(db);
  if (lapsed > 0) log.info({ lapsed }, "claims moved on unanswered");
}
