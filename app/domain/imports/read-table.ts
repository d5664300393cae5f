import { csvLines } from "#app/domain/sheets/csv-lines.ts";
import { decodeText } from "#app/domain/sheets/decode-text.ts";
import { readWorkbook, type Workbook } from "./workbook/read-workbook.ts";

export const MOST_ROWS = 10_000;
const MOST_COLUMNS = 50;
export const MOST_FILE_BYTES = 4_000_000;

export type UnreadTable =
  | "not-a-table"
  | "too-large"
  | "too-many-rows"
  | "too-many-columns"
  | "old-excel";

const begins = (bytes: Uint8Array, ...signs: number[]) =>
  signs.every((sign, index) => bytes[index] === sign);

/**
 * The lines of a file, a CSV text in any of the encodings that spreadsheets write or an XLSX
 * workbook, told apart by how it begins and never by its name. No more is read than its bounds:
 * fails with "too-many-rows" (10,000 beside the names), "too-many-columns" (50), "too-large"
 * (unpacked), "old-excel" (the format before 2007, or locked by a password) and "not-a-table".
 */
export async function readTable(
  bytes: Uint8Array,
): Promise<({ ok: true } & Workbook) | { ok: false; reason: UnreadTable }> {
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { ok: false, reason: "old-excel" };
  const bounds = { mostLines: MOST_ROWS + 1, mostColumns: MOST_COLUMNS + 1 };
  const read = begins(bytes, 0x50, 0x4b, 0x03, 0x04)
    ? await readWorkbook(bytes, bounds)
    : readText(bytes);
  if (!read.ok) return read;
  if (read.lines.length > MOST_ROWS + 1) return { ok: false, reason: "too-many-rows" };
  const isWide = read.lines.some(({ cells }) => cells.findLastIndex(Boolean) >= MOST_COLUMNS);
  return isWide ? { ok: false, reason: "too-many-columns" } : read;
}

function readText(bytes: Uint8Array) {
  const text = decodeText(bytes);
  const lines = text === null ? null : csvLines(text);
  return lines
    ? ({ ok: true, lines, isFrom1904: false } as const)
    : ({ ok: false, reason: "not-a-table" } as const);
}
