import { type Grade, isDay, type Unit } from "#app/domain/listings/offer-rules.ts";

// What spreadsheets make of what somebody typed: numbers as text, full-width digits, days as
// numbers, an apostrophe before what is text.

/** Half-width, without marks that nobody sees and the apostrophe of a cell that is text. */
export const plainCell = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\u200b-\u200f\ufeff]/g, "")
    .trim()
    .replace(/^'/, "")
    .trim();

const ungrouped = (text: string) =>
  /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text;

/** "1,200", "１２００" or "1200.00" → 1200; null for what is no whole number. Pure. */
export function readCount(text: string): number | null {
  const match = /^(\d{1,9})(?:\.0+)?$/.exec(ungrouped(plainCell(text)));
  return match ? Number(match[1]) : null;
}

/** "29.9" or "￥29.90元" → 2990; null for what is no amount of yuan to the fen. Pure. */
export function readFen(text: string): number | null {
  const amount = plainCell(text)
    .replace(/^¥\s*/, "")
    .replace(/\s*元$/, "");
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(ungrouped(amount));
  if (!match) return null;
  return Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
}

const DAY_MS = 86_400_000;
/** 30 December 1899, from which Excel counts, in days before 1970. */
const EXCEL_ZERO = 25_569;
/** What a workbook of an old Mac counts less. */
const MAC_LATER = 1_462;

/**
 * "2026-11-22", "2026/11/22 0:00", "2026年11月22日", "20261122" or the 46348 of a spreadsheet →
 * "2026-11-22"; null for what is no day. A day that begins with day or month is none: nobody can
 * tell which. Pure.
 */
export function readDay(text: string, isFrom1904 = false): string | null {
  const plain = plainCell(text);
  const serial = /^([2-7]\d{4})(?:\.\d+)?$/.exec(plain);
  if (serial) {
    const days = Number(serial[1]) - EXCEL_ZERO + (isFrom1904 ? MAC_LATER : 0);
    return new Date(days * DAY_MS).toISOString().slice(0, 10);
  }
  const match =
    /^(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?(?:[ T]\s?0?0:00(?::00(?:\.0+)?)?Z?)?$/.exec(
      plain,
    ) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (!match) return null;
  const [, year = "", month = "", date = ""] = match;
  const day = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  return isDay(day) ? day : null;
}

const GRADES: Record<Grade, readonly string[]> = {
  premium: ["特级", "premium"],
  first: ["一级", "1级", "first", "firstgrade"],
  second: ["二级", "2级", "second", "secondgrade"],
  ungraded: ["未分级", "不分级", "统货", "ungraded"],
};
const UNITS: Record<Unit, readonly string[]> = {
  "box-5jin": ["5斤箱", "五斤箱", "5-jinbox", "box-5jin", "5jinbox"],
  kg: ["公斤", "千克", "kg"],
  bag: ["袋", "包", "bag"],
  head: ["棵", "只", "个", "head"],
};

function named<Name extends string>(names: Record<Name, readonly string[]>, text: string) {
  const word = plainCell(text).replace(/\s/g, "").toLowerCase();
  const found = Object.entries<readonly string[]>(names).find(([, words]) => words.includes(word));
  return (found?.[0] as Name | undefined) ?? null;
}

export const readGrade = (text: string): Grade | null => named(GRADES, text);
export const readUnit = (text: string): Unit | null => named(UNITS, text);

/** The id in a cell, also of an address that was copied whole; null for none. Pure. */
export const readListingId = (text: string): string | null =>
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(plainCell(text).toLowerCase())?.[0] ?? null;
