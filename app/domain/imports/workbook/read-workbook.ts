import { setImmediate } from "node:timers/promises";
import { attributeOf, unescapeXml, type XmlTag, xmlTags } from "./xml-tags.ts";
import { openZip, UnreadableZip } from "./zip.ts";

/** A line of a table that says something, and where it stands; the first is 1. */
export type TableLine = { line: number; cells: string[] };

export type Workbook = {
  lines: TableLine[];
  /** Whether its days are counted from 1904, as old Macs do. */
  isFrom1904: boolean;
};

type Bounds = { mostLines: number; mostColumns: number };

/** Some milliseconds' worth: a small file may unpack to millions, and nobody else would be answered meanwhile. */
const TAGS_A_TURN = 10_000;

/** Hands on tag by tag, until it is told to stop, and lets others have their turn between them. */
async function eachTag(xml: string, read: (tag: XmlTag) => "stop" | undefined): Promise<void> {
  let seen = 0;
  for (const tag of xmlTags(xml)) {
    if (read(tag) === "stop") return;
    if (++seen % TAGS_A_TURN === 0) await setImmediate();
  }
}

/** Excel keeps a carriage return in a text so. */
const plainText = (xml: string) => unescapeXml(xml).replace(/_x000D_/gi, "");

/** Each text that cells share, its parts put together; how it is read aloud is left out. */
async function sharedTexts(xml: string): Promise<string[]> {
  const texts: string[] = [];
  let text = "";
  let isAloud = false;
  await eachTag(xml, (tag) => {
    if (tag.name === "si" && !tag.isEnd) text = "";
    if (tag.name === "rPh") isAloud = !tag.isEnd;
    if (tag.name === "t" && tag.isEnd && !isAloud) text += plainText(tag.textBefore);
    if (tag.name === "si" && (tag.isEnd || tag.isEmpty)) texts.push(text);
  });
  return texts;
}

/** "AB12" → 27; undefined where nothing is said. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? "")?.[0];
  if (!letters) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** What a spreadsheet keeps and shows of a number; what its file has beyond is noise of the fraction. */
const KEPT_DIGITS = 15;
/**
 * Whole numbers stand as they are: a register code may have more digits. What a spreadsheet has made
 * zeros of is no number of anything any more, and stands as it shows it.
 */
const LOST = /^\d{15}0+$/;
const FRACTION = /^-?\d+(?:\.\d+(?:e[-+]?\d+)?|e[-+]?\d+)$/i;

/** What a cell says: of a formula what it came to when the file was saved, of a number no noise. */
function textOf(type: string | undefined, value: string, shared: readonly string[]): string {
  if (type === "s") return shared[Number(value)] ?? "";
  const isNumber = type === undefined || type === "n";
  if (isNumber && LOST.test(value)) return Number(value).toExponential().toUpperCase();
  const isFraction = isNumber && FRACTION.test(value);
  return isFraction ? String(Number(Number(value).toPrecision(KEPT_DIGITS))) : value;
}

async function readSheet(
  xml: string,
  shared: readonly string[],
  bounds: Bounds,
): Promise<TableLine[]> {
  const lines: TableLine[] = [];
  let [line, at] = [0, -1];
  let cells: string[] = [];
  let cell: { type?: string; value: string } = { value: "" };
  const starts: Record<string, (tag: XmlTag) => void> = {
    row: (tag) => {
      line = Number(attributeOf(tag, "r")) || line + 1;
      [cells, at] = [[], -1];
    },
    c: (tag) => {
      at = columnOf(attributeOf(tag, "r")) ?? at + 1;
      cell = { type: attributeOf(tag, "t"), value: "" };
    },
  };
  const ends: Record<string, (tag: XmlTag) => void> = {
    v: (tag) => {
      cell.value = plainText(tag.textBefore);
    },
    t: (tag) => {
      cell.value += plainText(tag.textBefore);
    },
    c: () => {
      if (at < bounds.mostColumns) cells[at] = textOf(cell.type, cell.value, shared).trim();
    },
    row: () => {
      if (cells.some((text) => text))
        lines.push({ line, cells: Array.from(cells, (c) => c ?? "") });
    },
  };
  await eachTag(xml, (tag) => {
    if (!tag.isEnd) starts[tag.name]?.(tag);
    else ends[tag.name]?.(tag);
    if (lines.length > bounds.mostLines) return "stop";
  });
  return lines;
}

type Zip = ReturnType<typeof openZip>;

/** Where the first sheet that is shown lies, as the workbook says. */
async function firstSheet(zip: Zip, workbook: string): Promise<string> {
  let first: XmlTag | undefined;
  let shown: XmlTag | undefined;
  await eachTag(workbook, (tag) => {
    if (tag.name !== "sheet" || tag.isEnd) return;
    first ??= tag;
    if (!/hidden/i.test(attributeOf(tag, "state") ?? "")) shown ??= tag;
    return shown && "stop";
  });
  const sheet = shown ?? first;
  const id = sheet && attributeOf(sheet, "id");
  let target: string | undefined;
  await eachTag((await zip.read("xl/_rels/workbook.xml.rels")) ?? "", (tag) => {
    if (tag.name !== "Relationship" || attributeOf(tag, "Id") !== id) return;
    target = attributeOf(tag, "Target");
    return "stop";
  });
  target ??= "worksheets/sheet1.xml";
  return target.startsWith("/") ? target.slice(1) : `xl/${target.replace(/^\.\//, "")}`;
}

/**
 * Reads the first sheet of an XLSX workbook (ECMA-376, SpreadsheetML): what its cells say, as text,
 * without running a formula or asking any address. Stops behind `mostLines` and leaves out what is
 * right of `mostColumns`. Written here because the libraries for it unpack whatever a file holds
 * before they say how much it is. Fails with "not-a-table" and "too-large".
 */
export async function readWorkbook(
  bytes: Uint8Array,
  bounds: Bounds,
): Promise<({ ok: true } & Workbook) | { ok: false; reason: "not-a-table" | "too-large" }> {
  try {
    const zip = openZip(bytes);
    const workbook = await zip.read("xl/workbook.xml");
    const sheet = workbook && (await zip.read(await firstSheet(zip, workbook)));
    if (!workbook || !sheet) return { ok: false, reason: "not-a-table" };
    const shared = await sharedTexts((await zip.read("xl/sharedStrings.xml")) ?? "");
    const lines = await readSheet(sheet, shared, bounds);
    return { ok: true, lines, isFrom1904: /date1904\s*=\s*["'](1|true)/.test(workbook) };
  } catch (error) {
    if (error instanceof UnreadableZip) return { ok: false, reason: error.reason };
    throw error;
  }
}
