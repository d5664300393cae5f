import { placesOf } from "#app/domain/reports/period.ts";
import { readSales, type SalesRow } from "#app/domain/reports/read-sales.ts";
import type { ReportSheet } from "#app/domain/reports/report-sheet.ts";
import { type SalesBy, salesBy } from "#app/domain/reports/sales-by.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatDate, formatFen, formatMonth } from "#app/ui/format.ts";
import { byMonth, isLong } from "./by-month.ts";
import { type Asked, columnsOf, type Report, sumRow } from "./report.ts";

const MOST_BARS = 10;
const AMOUNTS = ["soldFen", "backFen", "netFen", "grams"] as const;

/** By what the sales are asked for. */
export function salesByOf(query: URLSearchParams): SalesBy {
  return salesBy.find((by) => by === query.get("by")) ?? "day";
}

const NOTHING = { nameZh: null, nameEn: null, grams: 0, soldFen: 0, backFen: 0, netFen: 0 };

/** Days, or months, one after the other: one on which nothing was sold stands as zero. */
function withGaps({ period }: Asked, rows: readonly SalesRow[], isByMonth: boolean): SalesRow[] {
  const found = new Map(rows.map((row) => [row.key, row]));
  return placesOf(period, isByMonth ? "month" : "day").map(
    (key) => found.get(key) ?? { key, ...NOTHING },
  );
}

/** What was sold, by day, product, household or county. */
export async function salesReport(asked: Asked): Promise<Report> {
  const { db, scope, period, locale, t } = asked;
  const by = salesByOf(asked.query);
  const sales = await readSales(db, scope, period, by);
  const isByMonth = by === "day" && isLong(period);
  const shown = isByMonth ? byMonth(sales.rows, "key", AMOUNTS) : sales.rows;
  const nameOf = (row: SalesRow) =>
    by === "day" ? row.key : pick(locale, row.nameZh ?? t("unnamed"), row.nameEn ?? t("unnamed"));
  const sheetOf = (rows: readonly SalesRow[], by: SalesBy | "month"): ReportSheet => {
    const columns = columnsOf(t, [
      [by, by === "day" || by === "month" ? "day" : "text"],
      ["sold", "fen"],
      ["back", "fen"],
      ["net", "fen"],
      ["weight", "grams"],
    ]);
    const cells = rows.map((row) => [nameOf(row), ...AMOUNTS.map((amount) => row[amount])]);
    return { title: t(`sales.${by}`), columns, rows: cells, sum: sumRow(t("sum"), cells, columns) };
  };
  const labelOf = (row: SalesRow) => {
    const name = nameOf(row) ?? "";
    if (isByMonth) return formatMonth(name, locale);
    return by === "day" ? formatDate(name, locale) : name;
  };
  const shortOf = (row: SalesRow) => {
    const name = nameOf(row) ?? "";
    if (by === "day") return isByMonth ? name : name.slice(5);
    return name.split(" · ")[0]?.slice(0, 12) ?? name;
  };
  const charted = by === "day" ? withGaps(asked, shown, isByMonth) : shown.slice(0, MOST_BARS);
  const bars = charted.map((row) => ({
    ...{ label: shortOf(row), value: row.netFen },
    shown: `${labelOf(row)} ${formatFen(row.netFen)}`,
  }));
  const best = shown.reduce<SalesRow | null>(
    (most, row) => (!most || row.netFen > most.netFen ? row : most),
    null,
  );
  return {
    facts: [
      [t("fact.orders"), String(sales.orders)],
      [t("fact.net"), formatFen(sales.total.netFen)],
      [t("fact.fee"), formatFen(sales.feeFen)],
      [t("fact.freight"), formatFen(sales.freightFen)],
    ],
    chart: best && {
      title: t(`sales.${isByMonth ? "month" : by}`),
      description: t("sales.described", {
        ...{ count: shown.length, sum: formatFen(sales.total.netFen) },
        ...{ best: labelOf(best), most: formatFen(best.netFen) },
      }),
      bars,
    },
    sheets: [sheetOf(shown, isByMonth ? "month" : by)],
    fileSheets: isByMonth ? [sheetOf(sales.rows, by)] : undefined,
    isEmpty: sales.rows.length === 0,
  };
}
