import type { LeftPart } from "./plan-refund.ts";
import { splitRefund } from "./split-refund.ts";

const sum = (parts: readonly LeftPart[]) => parts.reduce((total, { fen }) => total + fen, 0);

/** Whether it is kept for the buyer (see owe-buyer.ts and owe-promise.ts). */
export const isOwed = (part: LeftPart) => part.account.startsWith("owed:");

/** The first group as far as it goes, then the next; each group in proportion. `fen` is at most their sum. */
export function takeInTurn(groups: readonly (readonly LeftPart[])[], fen: number): LeftPart[] {
  const taken: LeftPart[] = [];
  for (const group of groups) {
    const ofGroup = Math.min(fen - sum(taken), sum(group));
    if (ofGroup <= 0) continue;
    const shares = splitRefund(
      ofGroup,
      group.map((part) => part.fen),
    );
    taken.push(...group.map((part, index) => ({ ...part, fen: shares[index] ?? 0 })));
  }
  return taken.filter((part) => part.fen > 0);
}

type Owing = readonly [promisedBy: string | null, parts: LeftPart[]];

/** What is kept for the buyer, promise by promise, the oldest first, then what no refund had promised. */
function promisesOf(left: readonly LeftPart[]): Owing[] {
  return (
    [...Map.groupBy(left.filter(isOwed), ({ promisedBy }) => promisedBy)]
      // Ids tell time: the smaller is the older.
      .sort(([one], [other]) => ((one ?? "~") < (other ?? "~") ? -1 : 1))
  );
}

const isOfAmount = ([promisedBy, parts]: Owing, fen: number) =>
  promisedBy !== null && sum(parts) === fen;

/** Whether a refund that failed had promised just so much, all of which is kept for the buyer. Pure. */
export const isPromised = (left: readonly LeftPart[], fen: number): boolean =>
  promisesOf(left).some((promise) => isOfAmount(promise, fen));

/**
 * What is kept for a buyer in the order in which money given to her takes it: the promise (a refund
 * that failed) of just this amount, then the oldest, then what no refund had promised. So each is
 * given out of its own parts. Pure.
 */
export function owedInTurn(left: readonly LeftPart[], fen: number): LeftPart[][] {
  const promises = promisesOf(left);
  const same = promises.find((promise) => isOfAmount(promise, fen));
  const others = promises.filter((each) => each !== same);
  return [...(same ? [same] : []), ...others].map(([, parts]) => parts);
}
