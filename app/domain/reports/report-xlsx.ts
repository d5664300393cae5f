import { PassThrough, Readable } from "node:stream";
import writeXlsx from "write-excel-file/node";
import { fileRows, type ReportSheet, type ValueKind } from "./report-sheet.ts";

const FORMATS: Partial<Record<ValueKind, string>> = { fen: "#,##0.00", grams: "#,##0.000" };
/** What Excel allows in the name of a sheet, and how long it may be. */
const sheetName = (title: string) => title.replace(/[\\/?*[\]:]/g, " ").slice(0, 31);

/**
 * A report's tables as the sheets of a workbook, which is packed while it is sent. A text is written as a
 * text, whatever it begins with: Excel runs nothing of it.
 */
export function reportXlsx(sheets: readonly ReportSheet[]): ReadableStream<Uint8Array> {
  const written = sheets.map((sheet) => ({
    sheet: sheetName(sheet.title),
    columns: sheet.columns.map(({ kind }) => ({ width: kind === "text" ? 24 : 14 })),
    stickyRowsCount: 1,
    data: [
      sheet.columns.map(({ label }) => ({ value: label, fontWeight: "bold" as const })),
      ...fileRows(sheet).map((row) =>
        row.map((value, place) => {
          if (value === null) return null;
          if (typeof value === "string") return { value, type: String };
          const format = FORMATS[sheet.columns[place]?.kind ?? "text"];
          return { value, type: Number, ...(format ? { format } : {}) };
        }),
      ),
    ],
  }));
  const packed = new PassThrough();
  // Its promise ends with the last byte; what fails on the way breaks the answer off.
  writeXlsx(written)
    .toStream(packed)
    .catch((error) => packed.destroy(error));
  return Readable.toWeb(packed) as ReadableStream<Uint8Array>;
}
