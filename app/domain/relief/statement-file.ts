import { csvFile } from "#app/domain/sheets/csv-file.ts";
import type { Statement, StatementEntry } from "./read-statement.ts";

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
 * A statement as CSV (csv-file.ts), oldest entry first, in the words given.
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
  return csvFile([words.header, opening, ...rows]);
}
