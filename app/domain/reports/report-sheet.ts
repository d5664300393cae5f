/** How a column's values are meant: fen and grams as whole numbers, a day as "2026-11-22", a month as "2026-11". */
export type ValueKind = "text" | "fen" | "count" | "grams" | "day";

/** A table that is the same on the screen, as CSV and as XLSX; null is nothing to say. */
export type ReportSheet = {
  title: string;
  columns: readonly { label: string; kind: ValueKind }[];
  rows: readonly (readonly (string | number | null)[])[];
  /** One more row with the sums; null where nothing can be added up. */
  sum: readonly (string | number | null)[] | null;
};

/** Hundredths and thousandths of whole numbers are the nearest a double has: none rounds to another. */
const inFile: Record<ValueKind, (value: number) => number> = {
  ...{ text: (value) => value, count: (value) => value, day: (value) => value },
  fen: (fen) => fen / 100,
  grams: (grams) => grams / 1000,
};

/** The rows of a file, sums last: fen as yuan and grams as kilograms, both as numbers. */
export function fileRows({ columns, rows, sum }: ReportSheet): (string | number | null)[][] {
  return [...rows, ...(sum ? [sum] : [])].map((row) =>
    columns.map(({ kind }, place) => {
      const value = row[place] ?? null;
      return typeof value === "number" ? inFile[kind](value) : value;
    }),
  );
}
