import { stringify } from "csv-stringify/sync";
import { fileRows, type ReportSheet } from "./report-sheet.ts";

/** Excel takes a CSV for UTF-8 only with this mark in front. */
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * A report's tables as CSV, an empty line between two. Cells that begin like a formula are made text;
 * numbers stay numbers, also those below zero (OWASP, CSV injection).
 */
export function reportCsv(sheets: readonly ReportSheet[]): string {
  const cells = sheets.flatMap((sheet, place) => [
    ...(place > 0 ? [[]] : []),
    ...(sheets.length > 1 ? [[sheet.title]] : []),
    sheet.columns.map(({ label }) => label),
    ...fileRows(sheet),
  ]);
  return BYTE_ORDER_MARK + stringify(cells, { escape_formulas: true, record_delimiter: "windows" });
}
