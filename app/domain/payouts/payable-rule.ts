/** Why an account is or is not paid now. */
export type OwedReason =
  | "payable"
  | "no-bank-details"
  | "overdrawn"
  | "going-back"
  | "netted"
  | "sold-later"
  | "below-minimum"
  | "in-run"
  | "nothing";

export type AccountBalance = {
  balanceFen: number;
  inRunFen: number;
  goingBackFen: number;
  /** What it holds of sales after the last day that is to be paid, and no run has paid (later-sales.ts). */
  laterFen?: number;
};

export type Due = {
  /** What the household is due from this account now, in fen. */
  dueFen: number;
  /** What a run would pay: dueFen, or 0 without bank details. */
  payableFen: number;
  reason: OwedReason;
};

const held = ({ balanceFen, inRunFen, goingBackFen }: AccountBalance) =>
  balanceFen - inRunFen - goingBackFen;

/** What an account still has of sales after the last day: an overdraft may have taken some of it. */
export function stillLater(account: AccountBalance): number {
  return Math.min(account.laterFen ?? 0, Math.max(0, held(account)));
}

/**
 * What the relief accounts of ONE household are due, in fen: what each holds, less what stands
 * in an open run, what refunds under way will take and what was sold too late to be paid yet. An account that refunds leave overdrawn is not paid, and what it lacks is
 * withheld from the household's other accounts, in the order given; so the household never
 * gets more than it is owed altogether. A household that is due less than `minimumFen` is not paid
 * yet; with 0 each is.
 */
export function netHousehold(
  accounts: readonly AccountBalance[],
  hasBankDetails: boolean,
  minimumFen = 0,
): Due[] {
  const free = accounts.map((account) => held(account) - stillLater(account));
  let lacking = free.reduce((sum, fen) => sum + Math.max(0, -fen), 0);
  const dues = free.map((fen, index) => {
    const withheld = Math.min(lacking, Math.max(0, fen));
    lacking -= withheld;
    const dueFen = Math.max(0, fen) - withheld;
    const { inRunFen = 0, goingBackFen = 0 } = accounts[index] ?? {};
    const laterFen = accounts[index] ? stillLater(accounts[index]) : 0;
    const reason = reasonFor({ fen, dueFen, inRunFen, goingBackFen, laterFen, hasBankDetails });
    return { dueFen, payableFen: reason === "payable" ? dueFen : 0, reason };
  });
  if (dues.reduce((sum, due) => sum + due.payableFen, 0) >= minimumFen) return dues;
  return dues.map((due) =>
    due.reason === "payable" ? { ...due, payableFen: 0, reason: "below-minimum" } : due,
  );
}

function reasonFor(of: {
  fen: number;
  dueFen: number;
  inRunFen: number;
  goingBackFen: number;
  laterFen: number;
  hasBankDetails: boolean;
}): OwedReason {
  if (of.fen + of.goingBackFen < 0) return "overdrawn";
  if (of.fen === 0 && of.laterFen > 0) return "sold-later";
  if (of.fen <= 0 && of.goingBackFen > 0) return "going-back";
  if (of.fen === 0) return of.inRunFen > 0 ? "in-run" : "nothing";
  if (of.dueFen === 0) return "netted";
  return of.hasBankDetails ? "payable" : "no-bank-details";
}
