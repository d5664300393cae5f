import { CsvError, parse } from "csv-parse/sync";

/**
 * The lines of a CSV text that say something: cells apart by commas (or by semicolons or tabs,
 * whichever the first line has most of), and where each stands as a spreadsheet counts them, blank
 * ones too, from 1. Null where a quote is never closed or stands inside a cell that has none. Pure.
 */
export function csvLines(text: string): { line: number; cells: string[] }[] | null {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const count = (sign: string) => first.split(sign).length;
  const delimiter = [",", ";", "\t"].reduce((best, sign) =>
    count(sign) > count(best) ? sign : best,
  );
  try {
    const rows: string[][] = parse(text, {
      ...{ delimiter, trim: true, relax_column_count: true, cast: (cell: string) => cell.trim() },
      record_delimiter: ["\r\n", "\n", "\r"],
    });
    return rows
      .map((cells, index) => ({ line: index + 1, cells }))
      .filter(({ cells }) => cells.some((cell) => cell !== ""));
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}
