import { MOST_ROWS, readTable, type UnreadTable } from "#app/domain/imports/read-table.ts";
import type { TableLine } from "#app/domain/imports/workbook/read-workbook.ts";
import { type Carrier, readTrackingNumber } from "../carriers.ts";
import { readParcelNumber } from "../parcel-number-rule.ts";

/** What a cell said, as far as it is shown again. */
const SHOWN = 60;

export type RowFault = "no-order" | "unknown-carrier" | "no-number";

/** One line of a table of tracking numbers, as it was understood. */
export type TrackingRow = {
  /** Where it stands in the file: the line of names is 1. */
  line: number;
  orderNumber: string | null;
  carrier: Carrier | null;
  trackingNumber: string | null;
  /** What stood there, for whoever has to mend it. */
  said: { order: string; carrier: string; number: string };
  fault: RowFault | null;
};

export type ReadTracking =
  | { ok: true; rows: TrackingRow[] }
  | { ok: false; reason: UnreadTable | "no-columns" | "no-rows" };

/** How carriers' and shops' programs head their columns, after NFKC and in small letters. */
const HEADS = {
  order: ["订单号", "订单编号", "商家订单号", "客户订单号", "order", "ordernumber", "orderno"],
  carrier: ["快递公司", "快递", "物流公司", "物流", "承运商", "carrier"],
  number: [
    ...["快递单号", "运单号", "运单编号", "物流单号", "面单号", "母单号"],
    ...["trackingnumber", "tracking", "waybill", "waybillnumber"],
  ],
};

const NAMES: Record<Carrier, readonly string[]> = {
  sf: ["顺丰", "sf"],
  ems: ["ems", "中国邮政", "邮政"],
  zto: ["中通", "zto"],
  yto: ["圆通", "yto"],
  yunda: ["韵达", "yunda"],
  jd: ["京东", "jd"],
  other: ["其他", "其它", "other", "another"],
};

const plain = (text: string) =>
  text
    .normalize("NFKC")
    .replace(/[\s_()-]+/g, "")
    .toLowerCase();
/** Spreadsheets put it before what must not be counted with, and so do we. */
const bare = (text: string) => text.replace(/^'/, "").trim();

function carrierOf(text: string): Carrier | null {
  const name = plain(text);
  const found = Object.entries(NAMES).find(([, names]) =>
    names.some((one) => name.startsWith(one)),
  );
  return found ? (found[0] as Carrier) : null;
}

function orderOf(text: string): string | null {
  return readParcelNumber(text.normalize("NFKC"));
}

/**
 * Reads a table of tracking numbers, CSV or XLSX (read-table.ts), whose first line names its columns:
 * order, carrier, number. What is wrong with a line is told of the line (`fault`); a line without a
 * number yet is left out.
 *
 * Fails as readTable does, and with "no-columns" (one of the three is missing) and "no-rows".
 */
export async function readTracking(bytes: Uint8Array): Promise<ReadTracking> {
  const table = await readTable(bytes);
  return table.ok ? understandTracking(table.lines) : table;
}

function understandTracking([heads, ...lines]: readonly TableLine[]): ReadTracking {
  if (!heads) return { ok: false, reason: "not-a-table" };
  const named = heads.cells.map(plain);
  const column = (names: readonly string[]) => named.findIndex((head) => names.includes(head));
  const at = {
    order: column(HEADS.order),
    carrier: column(HEADS.carrier),
    number: column(HEADS.number),
  };
  if (Object.values(at).some((index) => index < 0)) return { ok: false, reason: "no-columns" };
  const rows = lines.slice(0, MOST_ROWS).flatMap(({ line, cells }): TrackingRow[] => {
    const cell = (column: number) => bare(cells[column] ?? "");
    const said = { order: cell(at.order), carrier: cell(at.carrier), number: cell(at.number) };
    if (said.number === "") return [];
    const orderNumber = orderOf(said.order);
    const carrier = carrierOf(said.carrier);
    const trackingNumber = readTrackingNumber(said.number);
    const wrong = trackingNumber === null ? "no-number" : null;
    const fault = !orderNumber ? "no-order" : !carrier ? "unknown-carrier" : wrong;
    const shown = Object.fromEntries(
      Object.entries(said).map(([name, words]) => [name, words.slice(0, SHOWN)]),
    ) as TrackingRow["said"];
    return [{ line, orderNumber, carrier, trackingNumber, said: shown, fault }];
  });
  return rows.length > 0 ? { ok: true, rows } : { ok: false, reason: "no-rows" };
}
