import { csvLines } from "#app/domain/sheets/csv-lines.ts";
import type { BounceReason } from "../bounce-reasons.ts";
import { payoutIdOf } from "../end-to-end-id.ts";
import { type AnswerStatus, reasonOf, statusOf } from "./answer-words.ts";

export const MOST_ROWS = 5_000;

export type RowFault = "no-item" | "unknown-status" | "bad-amount" | "sum-differs";

/** One line of a bank's answers, as it was understood; of its texts nothing is kept but ISO's codes. */
export type AnswerRow = {
  /** Where it stands in the file: the line of names is 1. */
  line: number;
  item: { payoutId: string } | { runNumber: string; reliefCode: string } | null;
  status: AnswerStatus | null;
  /** The bank's own code for the status, "RJCT", and for the reason, "AC04"; none in a table. */
  said?: string | null;
  code?: string | null;
  /** Of what came back. */
  reason: BounceReason | null;
  /** The run that the bank says it is of. */
  runNumber?: string | null;
  /** Null where the bank does not say it. */
  fen: number | null;
  fault: RowFault | null;
};

/** What a bank says of a whole run, and how many payments of what sum it takes that to be. */
export type RunRow = Pick<AnswerRow, "status" | "said" | "code" | "reason"> & {
  run: string;
  count: number | null;
  sumFen: number | null;
};

export type ReadAnswers =
  | { ok: true; rows: AnswerRow[] }
  | { ok: false; reason: "not-a-table" | "no-columns" | "no-rows" | "too-many-rows" };

/** How banks head their columns, after NFKC and in small letters. */
const HEADS = {
  item: [
    "endtoendid",
    "端到端标识",
    "端到端编号",
    "附言",
    "用途附言",
    "摘要",
    "item",
    "编号",
    "流水号",
  ],
  status: ["status", "txsts", "状态", "交易状态", "处理状态", "处理结果", "交易结果", "结果"],
  reason: ["reason", "原因", "失败原因", "退回原因", "退票原因", "错误原因", "备注"],
  amount: ["amount", "金额", "金额(元)", "交易金额", "付款金额"],
} as const;

const plain = (text: string) => text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();

function itemOf(text: string): AnswerRow["item"] {
  const payoutId = payoutIdOf(text.trim());
  if (payoutId) return { payoutId };
  const [, runNumber, reliefCode] = /\b(JS\d{8}-[0-9A-F]{6})\s+([A-Z]{2}-\d{6})\b/.exec(text) ?? [];
  return runNumber && reliefCode ? { runNumber, reliefCode } : null;
}

/** "1,234.50" → 123450; null when it is no amount in yuan. */
function fenOf(text: string): number | null {
  const digits = text.normalize("NFKC").replace(/^[¥￥]|,|\s/g, "");
  const [, yuan, hundredths = ""] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(digits) ?? [];
  return yuan === undefined ? null : Number(yuan) * 100 + Number(hundredths.padEnd(2, "0"));
}

/**
 * Reads what a bank says became of payouts: a CSV table whose first line names its columns. An item is
 * known by its EndToEndId or by the run's and the account's numbers that our bank file has as its note;
 * the line with the sum is left out. What is wrong with a line is told of the line (`fault`).
 *
 * Fails with "not-a-table", "no-columns" (none for the item or none for the status), "no-rows" and
 * "too-many-rows".
 */
export function readAnswers(text: string): ReadAnswers {
  const [heads, ...lines] = csvLines(text) ?? [];
  if (!heads) return { ok: false, reason: "not-a-table" };
  const named = heads.cells.map(plain);
  const columns = (names: readonly string[]) =>
    named.flatMap((head, index) => (names.includes(head) ? [index] : []));
  const at = {
    item: columns(HEADS.item),
    status: columns(HEADS.status),
    reason: columns(HEADS.reason),
    amount: columns(HEADS.amount),
  };
  if (at.item.length === 0 || at.status.length === 0) return { ok: false, reason: "no-columns" };
  if (lines.length > MOST_ROWS) return { ok: false, reason: "too-many-rows" };
  const rows = lines.flatMap(({ line, cells }): AnswerRow[] => {
    if (/^(合计|总计|total)$/i.test(cells[0] ?? "")) return [];
    const say = (of: number[]) => of.map((column) => cells[column] ?? "");
    const item = say(at.item).map(itemOf).find(Boolean) ?? null;
    const status = statusOf(say(at.status)[0] ?? "");
    const amount = say(at.amount)[0] ?? "";
    const fen = amount === "" ? null : fenOf(amount);
    const isBad = amount !== "" && fen === null;
    const fault = !item ? "no-item" : !status ? "unknown-status" : isBad ? "bad-amount" : null;
    const reason = status === "bounced" ? reasonOf(say(at.reason).join(" ")) : null;
    return [{ line, item, status, reason, fen, fault }];
  });
  return rows.length > 0 ? { ok: true, rows } : { ok: false, reason: "no-rows" };
}
