/** Units that goods are sold by weight in: what is sold by the piece is not weighed. */
export const byWeight: readonly string[] = ["box-5jin", "kg", "bag"];

/** Whether a line's price is for its weight. */
export const isByWeight = (unit: string) => byWeight.includes(unit);

/** Less than this share of what was sold is a shortage, or a mistake in typing: jin for kilograms. */
const LEAST_SHARE = 0.5;

export const isTooLight = (actualGrams: number, expectedGrams: number) =>
  actualGrams < expectedGrams * LEAST_SHARE;

/**
 * What goes back, in fen, for goods that weigh less than was sold: the price of the grams that are
 * missing, rounded up to a whole fen, in the buyer's favour. Nothing for what weighs as much or more:
 * nobody pays more than she agreed to. Pure.
 */
export function lightFen(line: {
  expectedGrams: number;
  actualGrams: number;
  /** Of one sale unit, in fen, and how many grams that is. */
  unitPriceFen: number;
  unitGrams: number;
}): number {
  const missing = Math.max(0, line.expectedGrams - line.actualGrams);
  // Whole numbers beyond a double's would lose a fen.
  const [price, grams] = [BigInt(line.unitPriceFen) * BigInt(missing), BigInt(line.unitGrams)];
  return Number((price + grams - 1n) / grams);
}
