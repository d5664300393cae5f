import { splitFen } from "../ledger/split-fen.ts";

/**
 * What each part of a sale gives back of a refund, in fen: in proportion to what it has LEFT, by
 * the largest remainder; equal remainders are served in the order given.
 *
 * Weighing by what is left, not by what was sold, is what makes refund after refund come out
 * even: no part ever gives more than it has, and whatever the steps, giving back all that is left
 * gives back each part to the fen. Throws when the refund is more than is left.
 */
export function splitRefund(refundFen: number, leftFen: readonly number[]): number[] {
  const left = leftFen.reduce((sum, fen) => sum + fen, 0);
  if (refundFen > left) throw new RangeError(`${refundFen} fen cannot come out of ${left}`);
  return splitFen(refundFen, leftFen);
}
