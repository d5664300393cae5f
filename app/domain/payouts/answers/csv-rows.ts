import { CsvError, parse } from "csv-parse/sync";

/**
 * The rows of a CSV text: cells apart by commas (or by semicolons or tabs, whichever the first line
 * has most of), blank lines left out. Null where a quote is never closed or stands inside a cell that
 * has none.
 */
export function csvRows(text: string): string[][] | null {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const count = (sign: string) => first.split(sign).length;
  const delimiter = [",", ";", "\t"].reduce((best, sign) =>
    count(sign) > count(best) ? sign : best,
  );
  try {
    return parse(text, {
      ...{ delimiter, trim: true, relax_column_count: true, cast: (cell: string) => cell.trim() },
      ...{ skip_empty_lines: true, skip_records_with_empty_values: true },
      record_delimiter: ["\r\n", "\n", "\r"],
    });
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}
