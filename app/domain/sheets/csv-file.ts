import { stringify } from "csv-stringify/sync";

/** Excel takes a CSV for UTF-8 only with this mark in front. */
const BYTE_ORDER_MARK = "\uFEFF";

type Cell = string | number | null;

/**
 * A CSV text for a spreadsheet. A text that begins like a formula is made one that runs nothing when
 * the file is opened (OWASP, CSV injection); numbers stay numbers, also those below zero. Pure.
 */
export const csvFile = (rows: readonly (readonly Cell[])[]): string =>
  BYTE_ORDER_MARK +
  stringify(rows as Cell[][], { escape_formulas: true, record_delimiter: "windows" });
