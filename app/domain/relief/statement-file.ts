import { stringify } from "csv-stringify/sync";
import type { Statement, StatementEntry } from "./read-statement.ts";

/** Excel takes a CSV for UTF-8 only with this mark in front. */
const BYTE_ORDER_MARK = "\uFEFF";

export type StatementWords = {
  /** Date, kind, order or run, product, quantity, in, out, balance. */
  header: readonly string[];
  opening: string;
  date: (entry: StatementEntry) => string;
  kind: (entry: StatementEntry) => string;
  product: (entry: StatementEntry) => string;
};

/** Fen as yuan; a number, so that a balance below zero is not taken for a formula. */
function yuan(fen: number): number {
  return Number((fen / 100).toFixed(2));
}

/**
 * A statement as CSV, oldest entry first, in the words given. Cells that begin like a formula are
 * made text (OWASP, CSV injection).
 */
export function statementFile(statement: Statement, words: StatementWords): string {
  const rows = statement.entries
    .toReversed()
    .map((entry) => [
      words.date(entry),
      words.kind(entry),
      entry.orderNumber ?? entry.runNumber ?? "",
      words.product(entry),
      entry.quantity ?? "",
      entry.fen > 0 ? yuan(entry.fen) : "",
      entry.fen < 0 ? yuan(-entry.fen) : "",
      yuan(entry.balanceFen),
    ]);
  const opening = ["", words.opening, "", "", "", "", "", yuan(statement.openingFen)];
  const cells = [[...words.header], opening, ...rows];
  return BYTE_ORDER_MARK + stringify(cells, { escape_formulas: true, record_delimiter: "windows" });
}
