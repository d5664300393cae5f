import { lapseSubstitutes } from "#app/domain/substitutions/lapse-substitutes.ts";
import type { Services } from "#app/load-context.ts";

/** Gives the money back for what was missing, where nobody has said what may replace it. */
export async function lapseSubstitutesJob({
  db,
  log,
}: Pick<Services, "db" | "log">): Promise<void> {
  const { lapsed } = await lapseSubstitutes(db);
  if (lapsed > 0) log.info({ lapsed }, "replacements ended unanswered");
}
