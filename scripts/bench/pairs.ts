/** The two rates of one pair, measured one right after the other. */
export type Pair = { first: number; second: number };

/** The middle value; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("no values have no median");
  if (!values.every(Number.isFinite)) throw new RangeError("a value is no number");
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The smallest of the values that `share` of them do not exceed: of a hundred, the 99th is the p99. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.ceil(sorted.length * share) - 1];
  if (value === undefined) throw new RangeError(`no value stands at ${share}`);
  return value;
}

/** The median of the ratios, pair by pair: what slows the machine down for a while slows both. */
export function ratioOf(pairs: readonly Pair[]): number {
  return median(pairs.map(({ first, second }) => first / second));
}

/**
 * Measures two things in turn, A B A B …, after one round that warms both up and is thrown away.
 * Rounds count from 0, the warm-up's number is -1.
 */
export async function measurePairs(
  rounds: number,
  first: (round: number) => Promise<number>,
  second: (round: number) => Promise<number>,
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let round = -1; round < rounds; round++) {
    const pair = { first: await first(round), second: await second(round) };
    if (round >= 0) pairs.push(pair);
  }
  return pairs;
}
