import type { BackReason } from "../bounce-reasons.ts";
import type { AnswerRow, RowFault } from "./read-answers.ts";

/** What a line does when the file is taken: note it as paid or bounced, nothing, or why it cannot. */
export type Verdict =
  | "pay"
  | "bounce"
  | "known"
  | "pending"
  | RowFault
  | "unknown-item"
  | "another-run"
  | "twice"
  | "contradicts"
  | "amount-differs"
  | "not-approved"
  | "bounced-already"
  | "bounced-otherwise";

export type Judged = AnswerRow & { verdict: Verdict; payout: AnsweredPayout | null };

export type AnsweredPayout = {
  id: string;
  runId: string;
  runNumber: string;
  reliefCode: string;
  headName: string;
  fen: number;
  status: "prepared" | "paid" | "bounced" | "cancelled";
  bounceReason: BackReason | null;
  isBankPaid: boolean;
};

/** Whether the line changes something when it is taken. */
export const isTaken = ({ verdict }: Judged) => verdict === "pay" || verdict === "bounce";
/** Whether something is wrong with it, that somebody has to look at. */
export const isWrong = (row: Judged) =>
  !isTaken(row) && row.verdict !== "known" && row.verdict !== "pending";
