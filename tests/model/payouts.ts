import { at, book, type Model, type Payout } from "./model.ts";
import { sumOf } from "./refunds.ts";

/** What the books hold for a relief account: above zero is owed to the household. */
export function balance(model: Model, code: string): number {
  let fen = 0;
  for (const [key, sum] of model.books) if (key.startsWith(`relief:${code}|`)) fen -= sum;
  return fen;
}

/** What of it refunds that were asked for will take: it is the buyers' already. */
const goingBack = (model: Model, code: string) =>
  sumOf(
    model.refunds
      .filter(({ status }) => status === "requested")
      .flatMap(({ gives }) => gives.filter(({ relief }) => relief === code)),
  );

const newest = (model: Model, coop: number) =>
  model.runs.findLastIndex((each) => each.coop === coop);

/** What each account of a cooperative is due; an overdrawn one is netted within its household. */
function due(model: Model, coop: number): { account: number; fen: number }[] {
  const accounts = model.accounts
    .map((account, index) => ({ ...account, index }))
    .filter((account) => account.coop === coop)
    .sort((one, other) => (one.code < other.code ? -1 : 1));
  const free = accounts.map(({ code, index }) => {
    const inRun = model.payouts
      .filter((each) => each.account === index && each.status === "prepared")
      .reduce((sum, each) => sum + each.fen, 0);
    return balance(model, code) - inRun - goingBack(model, code);
  });
  return accounts.flatMap((account, position) => {
    const own = accounts.flatMap((each, at_) =>
      each.household === account.household ? [{ at_, fen: free[at_] ?? 0 }] : [],
    );
    let lacking = own.reduce((sum, { fen }) => sum + Math.max(0, -fen), 0);
    for (const { at_, fen } of own) {
      const kept = Math.min(lacking, Math.max(0, fen));
      lacking -= kept;
      const rest = Math.max(0, fen) - kept;
      if (at_ === position && account.hasBank && rest > 0) {
        return [{ account: account.index, fen: rest }];
      }
    }
    return [];
  });
}

export function prepare(model: Model, coop: number): string {
  if (model.runs.some((run) => run.coop === coop && run.status === "prepared")) return "run-open";
  const owed = due(model, coop);
  if (owed.length === 0) return "nothing-owed";
  const run = model.runs.length;
  model.runs.push({ coop, status: "prepared" });
  for (const { account, fen } of owed)
    model.payouts.push({ run, account, fen, status: "prepared" });
  return `prepared ${owed.reduce((sum, { fen }) => sum + fen, 0)}`;
}

function postPayout(model: Model, payout: Payout, sign: 1 | -1): void {
  const { code } = at(model.accounts, payout.account);
  book(model, [
    { account: `relief:${code}`, relief: code, fen: sign * payout.fen },
    { account: "payout:clearing", fen: -sign * payout.fen },
  ]);
}

export function confirm(
  model: Model,
  coop: number,
  { evenIfOverdrawn, byPreparer }: { evenIfOverdrawn: boolean; byPreparer: boolean },
): string | null {
  const index = newest(model, coop);
  if (index < 0) return null;
  const run = at(model.runs, index);
  if (run.status === "cancelled") return "run-cancelled";
  if (run.status === "confirmed") return "confirmed again";
  if (byPreparer) return "same-person";
  const payouts = model.payouts.filter((each) => each.run === index);
  const hasFallen = payouts.some(({ account, fen }) => {
    const { code } = at(model.accounts, account);
    return balance(model, code) - goingBack(model, code) < fen;
  });
  if (hasFallen && !evenIfOverdrawn) return "balance-fell";
  for (const payout of payouts) {
    postPayout(model, payout, 1);
    payout.status = "paid";
  }
  run.status = "confirmed";
  return "confirmed new";
}

export function cancelRun(model: Model, coop: number): string | null {
  const index = newest(model, coop);
  if (index < 0) return null;
  const run = at(model.runs, index);
  if (run.status === "confirmed") return "already-confirmed";
  if (run.status === "cancelled") return "cancelled again";
  run.status = "cancelled";
  for (const each of model.payouts) if (each.run === index) each.status = "cancelled";
  return "cancelled new";
}

export function bounce(model: Model, index: number): string {
  const payout = at(model.payouts, index);
  if (payout.status === "bounced")
    return payout.isTakenBack ? "bounced-otherwise" : "bounced again";
  if (payout.status !== "paid") return "not-paid";
  postPayout(model, payout, -1);
  payout.status = "bounced";
  return "bounced new";
}

/** Said by the bank to be paid; what it means for the payout. */
export function bankPays(model: Model, index: number): string {
  const payout = at(model.payouts, index);
  if (payout.status === "bounced") return "bounced-already";
  if (payout.status !== "paid") return "not-approved";
  if (payout.isBankPaid) return "known";
  payout.isBankPaid = true;
  return "pay";
}

/** What of a run can be taken back with it. */
const openOf = (model: Model, run: number) =>
  model.payouts.filter((each) => each.run === run && each.status === "paid" && !each.isBankPaid);

export function askReversal(model: Model, coop: number): string | null {
  const index = newest(model, coop);
  if (index < 0) return null;
  const run = at(model.runs, index);
  if (run.status !== "confirmed") return "not-approved";
  if (run.reversal === "asked") return "asked again";
  if (openOf(model, index).length === 0) return "nothing-left";
  run.reversal = "asked";
  return "asked new";
}

export function approveReversal(
  model: Model,
  coop: number,
  { byAsker, isMisread }: { byAsker: boolean; isMisread: boolean },
): string | null {
  const index = newest(model, coop);
  if (index < 0) return null;
  const run = at(model.runs, index);
  if (run.reversal === "approved") return "reversed again";
  if (run.reversal !== "asked") return "reversal-none";
  if (byAsker) return "same-person";
  const open = openOf(model, index);
  if (open.length === 0) return "nothing-left";
  if (isMisread) return "reversal-changed";
  for (const payout of open) {
    postPayout(model, payout, -1);
    payout.status = "bounced";
    payout.isTakenBack = true;
  }
  run.reversal = "approved";
  return "reversed new";
}
