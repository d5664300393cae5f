import { csvFile } from "#app/domain/sheets/csv-file.ts";
import type { ReadRun } from "./read-run.ts";

/** Chinese in every language of the site: a Chinese bank reads it. */
const header = ["序号", "收款户名", "收款账号", "开户行", "金额（元）", "用途", "附言"];

/** 5980 → "59.80", by whole numbers: a float would lose a fen sooner or later. */
function yuan(fen: number): string {
  return `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
}

/**
 * The CSV file a bank pays a run by: one row for each payout, and a line with their count and
 * sum, which is checked against the run's total (a difference is a bug, and throws).
 */
export function bankFile(run: Pick<ReadRun, "number" | "totalFen" | "payoutCount" | "items">) {
  const sumFen = run.items.reduce((sum, item) => sum + item.fen, 0);
  if (sumFen !== run.totalFen || run.items.length !== run.payoutCount) {
    throw new Error(`run ${run.number} holds ${sumFen} fen, not ${run.totalFen}`);
  }
  const rows = run.items.map((item, index) => [
    String(index + 1),
    item.bankAccountName,
    item.bankAccountNumber,
    item.bankName,
    yuan(item.fen),
    "农产品货款",
    `${run.number} ${item.reliefCode}`,
  ]);
  const sum = ["合计", `${rows.length} 笔`, "", "", yuan(sumFen), "", run.number];
  return csvFile([header, ...rows, sum]);
}
