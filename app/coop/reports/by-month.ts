import { daysOf, type Period } from "#app/domain/reports/period.ts";

/** So many days stand below each other; more are put together by month. */
const MOST_DAYS = 62;

/** Whether a period is shown by month. */
export const isLong = (period: Period) => daysOf(period) > MOST_DAYS;

/** Rows of days, oldest first, added up by their months; `day` then says "2026-11". */
export function byMonth<Amount extends string, Row extends Record<Amount, number>>(
  rows: readonly Row[],
  day: keyof Row,
  amounts: readonly Amount[],
): Row[] {
  const months = new Map<string, Row>();
  for (const row of rows) {
    const name = String(row[day]).slice(0, 7);
    const month: Record<Amount, number> | undefined = months.get(name);
    if (!month) months.set(name, { ...row, [day]: name });
    else for (const amount of amounts) month[amount] += row[amount];
  }
  return [...months.values()];
}
