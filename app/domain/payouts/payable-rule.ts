/** Why an account is or is not paid now. */
export type OwedReason =
  | "payable"
  | "no-bank-details"
  | "overdrawn"
  | "going-back"
  | "netted"
  | "in-run"
  | "nothing";

export type AccountBalance = { balanceFen: number; inRunFen: number; goingBackFen: number };

export type Due = {
  /** What the household is due from this account now, in fen. */
  dueFen: number;
  /** What a run would pay: dueFen, or 0 without bank details. */
  payableFen: number;
  reason: OwedReason;
};

/**
 * What the relief accounts of ONE household are due, in fen: what each holds, less what stands
 * in an open run and what refunds under way will take. An account that refunds leave overdrawn is not paid, and what it lacks is
 * withheld from the household's other accounts, in the order given; so the household never
 * gets more than it is owed altogether.
 */
export function netHousehold(accounts: readonly AccountBalance[], hasBankDetails: boolean): Due[] {
  const free = accounts.map(
    ({ balanceFen, inRunFen, goingBackFen }) => balanceFen - inRunFen - goingBackFen,
  );
  let lacking = free.reduce((sum, fen) => sum + Math.max(0, -fen), 0);
  return free.map((fen, index) => {
    const withheld = Math.min(lacking, Math.max(0, fen));
    lacking -= withheld;
    const dueFen = Math.max(0, fen) - withheld;
    const { inRunFen = 0, goingBackFen = 0 } = accounts[index] ?? {};
    const reason = reasonFor({ fen, dueFen, inRunFen, goingBackFen, hasBankDetails });
    return { dueFen, payableFen: reason === "payable" ? dueFen : 0, reason };
  });
}

function reasonFor(of: {
  fen: number;
  dueFen: number;
  inRunFen: number;
  goingBackFen: number;
  hasBankDetails: boolean;
}): OwedReason {
  if (of.fen + of.goingBackFen < 0) return "overdrawn";
  if (of.fen <= 0 && of.goingBackFen > 0) return "going-back";
  if (of.fen === 0) return of.inRunFen > 0 ? "in-run" : "nothing";
  if (of.dueFen === 0) return "netted";
  return of.hasBankDetails ? "payable" : "no-bank-details";
}
