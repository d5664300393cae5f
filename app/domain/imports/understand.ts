import { createHash } from "node:crypto";
import type { Grade, Unit } from "#app/domain/listings/offer-rules.ts";
import {
  plainCell,
  readCount,
  readDay,
  readFen,
  readGrade,
  readListingId,
  readUnit,
} from "./cells.ts";
import { columnsOf, findColumns, type ImportColumn, type ImportKind } from "./columns.ts";
import type { Fault, FaultWord } from "./faults.ts";
import { MOST_ROWS } from "./read-table.ts";
import type { Workbook } from "./workbook/read-workbook.ts";

/** More stock of a listing, in whole sale units of one harvest. */
export type LotValue = { listing: string; added: number; harvestedOn: string; note?: string };
/** Another price of a listing, in fen for one sale unit. */
export type PriceValue = { listing: string; newPrice: number };
/** A new offer for a household; price in fen, weight in grams. */
export type OfferValue = {
  household: string;
  crop: string;
  title: string;
  titleEn?: string;
  grade: Grade;
  unit: Unit;
  unitGrams?: number;
  price: number;
  quantity: number;
  harvestedOn: string;
  shipsFrom?: string;
  presaleLimit?: number;
  note?: string;
};

export type ImportValue = { lots: LotValue; prices: PriceValue; listings: OfferValue };

/** One line of a table, as it was understood; without a value where a cell of it was not. */
export type ImportRow<Kind extends ImportKind = ImportKind> = {
  line: number;
  /** What stood there, for whoever has to mend it: what is too long stays so when it is cut. */
  said: Partial<Record<ImportColumn, string>>;
  value: ImportValue[Kind] | null;
  faults: Fault[];
  /** The same for the same content in whatever file: what is taken once is not taken again. */
  key: string;
};

export type Understood =
  | { ok: true; rows: ImportRow[] }
  | { ok: false; reason: "no-columns" | "no-rows" };

const MOST_CHARACTERS = 200;

type Cell = { ok: true; value: unknown } | { ok: false; fault: FaultWord };

const as = (value: unknown, fault: FaultWord): Cell =>
  value === null ? { ok: false, fault } : { ok: true, value };
const asText = (text: string): Cell => ({ ok: true, value: text });

/** Of a cell that says something, plain already. */
const readers: Record<ImportColumn, (text: string, isFrom1904: boolean) => Cell> = {
  listing: (text) => as(readListingId(text), "listing-unknown"),
  newPrice: (text) => as(readFen(text), "price"),
  added: (text) => as(readCount(text), "wholeNumber"),
  harvestedOn: (text, isFrom1904) => as(readDay(text, isFrom1904), "date"),
  household: asText,
  crop: asText,
  title: asText,
  titleEn: asText,
  grade: (text) => as(readGrade(text), "grade-unknown"),
  unit: (text) => as(readUnit(text), "unit-unknown"),
  unitGrams: (text) => as(readCount(text), "wholeNumber"),
  price: (text) => as(readFen(text), "price"),
  priceNow: (text) => as(readFen(text), "price"),
  quantity: (text) => as(readCount(text), "wholeNumber"),
  shipsFrom: (text, isFrom1904) => as(readDay(text, isFrom1904), "date"),
  presaleLimit: (text) => as(readCount(text), "wholeNumber"),
  note: asText,
};

const keyOfValue = (kind: ImportKind, value: object) =>
  createHash("sha256")
    .update(JSON.stringify([kind, value]))
    .digest("hex")
    .slice(0, 32);

function understandLine(
  kind: ImportKind,
  cells: Partial<Record<ImportColumn, string>>,
  isFrom1904: boolean,
): Pick<ImportRow, "value" | "faults"> {
  const { needed, shown } = columnsOf[kind];
  const faults: Fault[] = [];
  const value: Partial<Record<ImportColumn, unknown>> = {};
  for (const [column, text] of Object.entries(cells) as [ImportColumn, string][]) {
    if (shown.includes(column)) continue;
    if (text === "") {
      if (needed.includes(column)) faults.push({ column, fault: "required" });
      continue;
    }
    const read: Cell =
      text.length > MOST_CHARACTERS
        ? { ok: false, fault: "tooLong" }
        : readers[column](text, isFrom1904);
    if (read.ok) value[column] = read.value;
    else faults.push({ column, fault: read.fault });
  }
  return { faults, value: faults.length > 0 ? null : (value as unknown as ImportRow["value"]) };
}

/**
 * Understands a table whose first line names its columns, cell by cell; what is wrong with a cell is
 * told of the cell. A line that says nothing beside which listing (or household) it is of is left
 * out: the table that we give holds every listing. Pure. Fails with "no-columns" and "no-rows".
 */
export function understand(kind: ImportKind, { lines, isFrom1904 }: Workbook): Understood {
  const [first, ...rest] = lines;
  const columns = first && findColumns(kind, first.cells);
  if (!columns) return { ok: false, reason: "no-columns" };
  const [, ...says] = columnsOf[kind].needed;
  const rows: ImportRow[] = [];
  for (const { line, cells } of rest.slice(0, MOST_ROWS)) {
    const all = [...columns].map(([column, at]) => [column, plainCell(cells[at] ?? "")] as const);
    const said = Object.fromEntries(all) as Partial<Record<ImportColumn, string>>;
    if (says.every((column) => said[column] === "")) continue;
    const { value, faults } = understandLine(kind, said, isFrom1904);
    const kept = all
      .filter(([, text]) => text)
      .map(([name, text]) => [name, text.slice(0, MOST_CHARACTERS + 1)]);
    const key = keyOfValue(kind, value ?? { line, said });
    rows.push({ line, said: Object.fromEntries(kept), value, faults, key });
  }
  markTwice(kind, rows);
  return rows.length > 0 ? { ok: true, rows } : { ok: false, reason: "no-rows" };
}

/**
 * The very same line again is a slip, and of a listing that has two prices both are: nobody can tell
 * which is meant. A second basket of one size and day is told apart by a note.
 */
function markTwice(kind: ImportKind, rows: readonly ImportRow[]): void {
  const [column] = columnsOf[kind].needed;
  const nameOf = ({ value, key }: ImportRow) =>
    kind === "prices" ? (value as PriceValue).listing : key;
  const first = new Map<string, ImportRow>();
  const slips = new Set<ImportRow>();
  for (const row of rows.filter(({ value }) => value)) {
    const before = first.get(nameOf(row));
    if (!before) first.set(nameOf(row), row);
    else {
      slips.add(row);
      if (kind === "prices") slips.add(before);
    }
  }
  for (const row of slips) {
    row.faults = [{ column: column as ImportColumn, fault: "twice" }];
    row.value = null;
  }
}
