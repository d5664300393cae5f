import { useLocale } from "use-intl";
import type { ReportSheet, ValueKind } from "#app/domain/reports/report-sheet.ts";
import type { Locale } from "#app/i18n/locale.ts";
import { formatGrams } from "#app/i18n/unit-words.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { formatDate, formatFen, formatMonth } from "#app/ui/format.ts";

function shownAs(kind: ValueKind, value: string | number | null, locale: Locale): string {
  if (value === null) return "–";
  if (typeof value === "number") {
    if (kind === "fen") return formatFen(value);
    return kind === "grams" ? formatGrams(value, locale) : value.toLocaleString("en");
  }
  if (kind !== "day" || !/^\d{4}-\d\d/.test(value)) return value;
  return value.length === 7 ? formatMonth(value, locale) : formatDate(value, locale);
}

type Row = { key: string; cells: ReportSheet["rows"][number]; isSum: boolean };

/** One table of a report, its sums last. */
export function SheetTable({ sheet }: { sheet: ReportSheet }) {
  const locale = useLocale();
  const rows: Row[] = [
    ...sheet.rows.map((cells, place) => ({ key: String(place), cells, isSum: false })),
    ...(sheet.sum ? [{ key: "sum", cells: sheet.sum, isSum: true }] : []),
  ];
  return (
    <DataTable
      caption={sheet.title}
      rows={rows}
      rowKey={(row) => row.key}
      columns={sheet.columns.map(({ label, kind }, place) => ({
        label,
        isNumber: kind !== "text" && kind !== "day",
        cell: (row: Row) => {
          const value = row.cells[place] ?? null;
          if (row.isSum && value === null) return "";
          const shown = shownAs(kind, value, locale);
          return row.isSum ? <strong>{shown}</strong> : shown;
        },
      }))}
    />
  );
}
