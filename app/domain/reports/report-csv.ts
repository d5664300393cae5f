import { csvFile } from "#app/domain/sheets/csv-file.ts";
import { fileRows, type ReportSheet } from "./report-sheet.ts";

/** A report's tables as CSV (csv-file.ts), an empty line between two. Pure. */
export function reportCsv(sheets: readonly ReportSheet[]): string {
  const cells = sheets.flatMap((sheet, place) => [
    ...(place > 0 ? [[]] : []),
    ...(sheets.length > 1 ? [[sheet.title]] : []),
    sheet.columns.map(({ label }) => label),
    ...fileRows(sheet),
  ]);
  return csvFile(cells);
}
