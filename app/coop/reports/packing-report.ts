import { placesOf } from "#app/domain/reports/period.ts";
import { type PackingDay, readPacking } from "#app/domain/reports/read-packing.ts";
import type { ReportSheet } from "#app/domain/reports/report-sheet.ts";
import type { Messages } from "#app/i18n/messages.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDate, formatFen, formatMonth } from "#app/ui/format.ts";
import { byMonth, isLong } from "./by-month.ts";
import { type Asked, columnsOf, type Report, sumRow } from "./report.ts";

const COUNTS = ["packed", "shipped", "delivered", "cancelled"] as const;
const AMOUNTS = [...COUNTS, "grams", "freightFen", "freightBackFen"] as const;

/** What was packed and sent, and the freight of it. */
export async function packingReport(asked: Asked): Promise<Report> {
  const { db, scope, period, locale, t } = asked;
  const { days, carriers } = await readPacking(db, scope, period);
  const isByMonth = isLong(period);
  const shown = isByMonth ? byMonth(days, "day", AMOUNTS) : days;
  const daySheet = (rows: readonly PackingDay[], by: "day" | "month"): ReportSheet => {
    const columns = columnsOf(t, [
      [by, "day"],
      ...COUNTS.map((name) => [name, "count"] as const),
      ["weight", "grams"],
      ["freight", "fen"],
      ["freightBack", "fen"],
    ]);
    const cells = rows.map((row) => [row.day, ...AMOUNTS.map((amount) => row[amount])]);
    return {
      title: t(`packing.${by}`),
      columns,
      rows: cells,
      sum: sumRow(t("sum"), cells, columns),
    };
  };
  const carrierName = translator(locale, "coop");
  const columns = columnsOf(t, [
    ["carrier", "text"],
    ["parcels", "count"],
    ["weight", "grams"],
    ["freightOf", "fen"],
  ]);
  const cells = carriers.map((row) => [
    carrierName(`carrier.${(row.carrier ?? "other") as keyof Messages["coop"]["carrier"]}`),
    ...[row.parcels, row.grams, row.freightFen],
  ]);
  const carrierSheet = {
    ...{ title: t("packing.carriers"), columns, rows: cells },
    sum: sumRow(t("sum"), cells, columns),
  };
  const total = (of: (typeof AMOUNTS)[number]) => days.reduce((sum, day) => sum + day[of], 0);
  const shipped = total("shipped");
  return {
    facts: [
      [t("col.packed"), String(total("packed"))],
      [t("col.shipped"), String(shipped)],
      [t("fact.freight"), formatFen(total("freightFen") + total("freightBackFen"))],
    ],
    chart:
      shipped > 0
        ? {
            title: t("packing.chart"),
            description: t("packing.described", { count: shipped, days: days.length }),
            bars: placesOf(period, isByMonth ? "month" : "day").map((day) => {
              // A day on which nothing left stands as zero.
              const value = shown.find((row) => row.day === day)?.shipped ?? 0;
              const named = isByMonth ? formatMonth(day, locale) : formatDate(day, locale);
              return { label: isByMonth ? day : day.slice(5), value, shown: `${named} ${value}` };
            }),
          }
        : null,
    sheets: [daySheet(shown, isByMonth ? "month" : "day"), ...(cells.length ? [carrierSheet] : [])],
    fileSheets: isByMonth ? [daySheet(days, "day"), carrierSheet] : undefined,
    isEmpty: days.length === 0,
  };
}
