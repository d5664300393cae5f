import { splitFen } from "../ledger/split-fen.ts";

const BASIS = 10_000n;

export type LineSplit = { feeFen: number; shareFen: number[] };

/**
 * Where the fen of one order line go: the cooperative's fee is rounded down to the fen, so that
 * a doubt is never in its favour, and all the rest goes to the households by the quantity each
 * of their lots provides (largest remainder). fee + shares = line, always.
 *
 * `feeBasisPoints` is 600 for 6 %; `quantities` are sale units, one per allocation.
 */
export function splitLine(line: {
  lineFen: number;
  feeBasisPoints: number;
  quantities: readonly number[];
}): LineSplit {
  if (!Number.isSafeInteger(line.feeBasisPoints) || line.feeBasisPoints < 0) {
    throw new RangeError(`a fee of ${line.feeBasisPoints} basis points is no fee`);
  }
  const feeFen = Number((BigInt(line.lineFen) * BigInt(line.feeBasisPoints)) / BASIS);
  return { feeFen, shareFen: splitFen(line.lineFen - feeFen, line.quantities) };
}
