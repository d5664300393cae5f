import { readQuiet } from "#app/domain/reports/read-quiet.ts";
import { pick } from "#app/i18n/locale.ts";
import { type Asked, columnsOf, type Report } from "./report.ts";

/** Which households sold nothing for thirty days. */
export async function quietReport({ db, scope, locale, t }: Asked): Promise<Report> {
  const quiet = await readQuiet(db, scope);
  const columns = columnsOf(t, [
    ["household", "text"],
    ["village", "text"],
    ["lastSold", "day"],
    ["onSale", "count"],
  ]);
  const rows = quiet.map((row) => [
    ...[row.headName, pick(locale, row.villageZh, row.villageEn)],
    ...[row.lastSoldOn ?? t("quiet.never"), row.onSale],
  ]);
  return {
    facts: [[t("fact.households"), String(quiet.length)]],
    chart: null,
    sheets: [{ title: t("quiet.title"), columns, rows, sum: null }],
    isEmpty: quiet.length === 0,
  };
}
