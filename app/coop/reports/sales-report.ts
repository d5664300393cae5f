import { daysOf, placesOf } from "#app/domain/reports/period.ts";
import { readSales, type SalesRow } from "#app/domain/reports/read-sales.ts";
import type { ReportSheet } from "#app/domain/reports/report-sheet.ts";
import { type SalesBy, salesBy } from "#app/domain/reports/sales-by.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatDate, formatFen, formatMonth } from "#app/ui/format.ts";
import { type Asked, columnsOf, type Report, sumRow } from "./report.ts";

/** So many days stand below each other; more are put together by month. */
const MOST_DAYS = 62;
const MOST_BARS = 10;

/** By what the sales are asked for. */
export function salesByOf(query: URLSearchParams): SalesBy {
  return salesBy.find((by) => by === query.get("by")) ?? "day";
}

function byMonth(rows: readonly SalesRow[]): SalesRow[] {
  const months = new Map<string, SalesRow>();
  for (const row of rows) {
    const key = (row.key ?? "").slice(0, 7);
    const month = months.get(key);
    if (!month) months.set(key, { ...row, key });
    else {
      month.grams += row.grams;
      month.soldFen += row.soldFen;
      month.backFen += row.backFen;
      month.netFen += row.netFen;
    }
  }
  return [...months.values()];
}

const NOTHING = { nameZh: null, nameEn: null, grams: 0, soldFen: 0, backFen: 0, netFen: 0 };

/** Days, or months, one after the other: one on which nothing was sold stands as zero. */
function withGaps({ period }: Asked, rows: readonly SalesRow[], isLong: boolean): SalesRow[] {
  const found = new Map(rows.map((row) => [row.key, row]));
  return placesOf(period, isLong ? "month" : "day").map(
    (key) => found.get(key) ?? { key, ...NOTHING },
  );
}

/** What was sold, by day, product, household or county. */
export async function salesReport(asked: Asked): Promise<Report> {
  const { db, scope, period, locale, t } = asked;
  const by = salesByOf(asked.query);
  const sales = await readSales(db, scope, period, by);
  const isLong = by === "day" && daysOf(period) > MOST_DAYS;
  const shown = isLong ? byMonth(sales.rows) : sales.rows;
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
    const cells = rows.map((row) => [nameOf(row), row.soldFen, row.backFen, row.netFen, row.grams]);
    return { title: t(`sales.${by}`), columns, rows: cells, sum: sumRow(t("sum"), cells, columns) };
  };
  const labelOf = (row: SalesRow) => {
    const name = nameOf(row) ?? "";
    if (isLong) return formatMonth(name, locale);
    return by === "day" ? formatDate(name, locale) : name;
  };
  const shortOf = (row: SalesRow) => {
    const name = nameOf(row) ?? "";
    if (by === "day") return isLong ? name : name.slice(5);
    return name.split(" · ")[0]?.slice(0, 12) ?? name;
  };
  const charted = by === "day" ? withGaps(asked, shown, isLong) : shown.slice(0, MOST_BARS);
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
      title: t(`sales.${isLong ? "month" : by}`),
      description: t("sales.described", {
        ...{ count: shown.length, sum: formatFen(sales.total.netFen) },
        ...{ best: labelOf(best), most: formatFen(best.netFen) },
      }),
      bars,
    },
    sheets: [sheetOf(shown, isLong ? "month" : by)],
    fileSheets: isLong ? [sheetOf(sales.rows, by)] : undefined,
    isEmpty: sales.rows.length === 0,
  };
}
