function checkWhole(value: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${what} must be a whole number that is not negative, got ${value}`);
  }
}

/**
 * Splits an amount by weights with the largest-remainder rule: everyone gets the fen that are
 * theirs for certain, and the few that are left go one by one to the largest remainders; equal
 * remainders are served in the order given. The parts always sum to the whole.
 *
 * `wholeFen` and `weights` are whole and not negative, at least one weight is above zero; a
 * weight of zero gets nothing. Products are taken in bigint: weight × fen may pass 2^53.
 */
export function splitFen(wholeFen: number, weights: readonly number[]): number[] {
  checkWhole(wholeFen, "wholeFen");
  for (const weight of weights) checkWhole(weight, "a weight");
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) throw new RangeError("a split needs a weight above zero");

  const shares = weights.map((weight, index) => {
    const product = BigInt(wholeFen) * BigInt(weight);
    return { index, fen: Number(product / total), remainder: product % total };
  });
  const parts = shares.map((share) => share.fen);
  let left = wholeFen - parts.reduce((sum, fen) => sum + fen, 0);
  const byRemainder = shares.toSorted((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const { index } of byRemainder) {
    if (left === 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}
