import { daysOf, placesOf } from "#app/domain/reports/period.ts";
import { type PackingDay, readPacking } from "#app/domain/reports/read-packing.ts";
import type { ReportSheet } from "#app/domain/reports/report-sheet.ts";
import type { Messages } from "#app/i18n/messages.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDate, formatFen, formatMonth } from "#app/ui/format.ts";
import { type Asked, columnsOf, type Report, sumRow } from "./report.ts";

const MOST_DAYS = 62;
const COUNTS = ["packed", "shipped", "delivered", "cancelled"] as const;
const AMOUNTS = [...COUNTS, "grams", "freightFen", "freightBackFen"] as const;

function byMonth(days: readonly PackingDay[]): PackingDay[] {
  const months = new Map<string, PackingDay>();
  for (const each of days) {
    const day = each.day.slice(0, 7);
    const month = months.get(day);
    if (!month) months.set(day, { ...each, day });
    else for (const amount of AMOUNTS) month[amount] += each[amount];
  }
  return [...months.values()];
}

/** What was packed and sent, and the freight of it. */
export async function packingReport(asked: Asked): Promise<Report> {
  const { db, scope, period, locale, t } = asked;
  const { days, carriers } = await readPacking(db, scope, period);
  const isLong = daysOf(period) > MOST_DAYS;
  const shown = isLong ? byMonth(days) : days;
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
            bars: placesOf(period, isLong ? "month" : "day").map((day) => {
              // A day on which nothing left stands as zero.
              const value = shown.find((row) => row.day === day)?.shipped ?? 0;
              const named = isLong ? formatMonth(day, locale) : formatDate(day, locale);
              return { label: isLong ? day : day.slice(5), value, shown: `${named} ${value}` };
            }),
          }
        : null,
    sheets: [daySheet(shown, isLong ? "month" : "day"), ...(cells.length ? [carrierSheet] : [])],
    fileSheets: isLong ? [daySheet(days, "day"), carrierSheet] : undefined,
    isEmpty: days.length === 0,
  };
}
