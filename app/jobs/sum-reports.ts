import { countParcelDays } from "#app/domain/reports/count-parcel-days.ts";
import { sumReports } from "#app/domain/reports/sum-reports.ts";
import type { Services } from "#app/load-context.ts";

/** Keeps the cooperatives' reports quick to open. What cannot be summed yet is left to the next run. */
export async function sumReportsJob({ db, log }: Pick<Services, "db" | "log">): Promise<void> {
  const { days } = await countParcelDays(db);
  const summed = await sumReports(db);
  if (!summed.ok) return log.warn("no reports were summed: a writer stayed open for a minute");
  if (summed.entries + days > 0) log.info({ entries: summed.entries, days }, "reports were summed");
}
