import { reportCsv } from "#app/domain/reports/report-csv.ts";
import type { ReportSheet } from "#app/domain/reports/report-sheet.ts";
import { reportXlsx } from "#app/domain/reports/report-xlsx.ts";
import { download } from "#app/ui/download.ts";

type Format = "csv" | "xlsx";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** In which format an address asks for tables; what is no format is not there. */
export function formatOf({ format }: { format?: string }): Format {
  if (format !== "csv" && format !== "xlsx") throw new Response(null, { status: 404 });
  return format;
}

/** Tables as a file. */
export const sendSheets = (sheets: readonly ReportSheet[], name: string, format: Format) =>
  format === "csv"
    ? download(reportCsv(sheets), `${name}.csv`)
    : download(reportXlsx(sheets), `${name}.xlsx`, XLSX);
