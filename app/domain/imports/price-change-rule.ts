/** By how much prices go up (above zero) or down: in tenths of a per cent, or in fen. */
export type PriceChange = {
  by: { tenthsPercent: number } | { fen: number };
  /** What a price is a whole number of, in fen: 1, 10 or 100. */
  step: number;
};

/** To which amounts a changed price can be rounded, in fen. */
export const PRICE_STEPS = [1, 10, 100] as const;

/**
 * A price in fen after a change, rounded half up to the step; never below zero, which no price may
 * be. Whole numbers all the way, so that 2.5 % of ¥29.90 is what a pocket calculator says. Pure.
 */
export function priceAfter(fen: number, { by, step }: PriceChange): number {
  const thousandths = "fen" in by ? (fen + by.fen) * 1000 : fen * (1000 + by.tenthsPercent);
  const unit = step * 1000;
  return Math.max(0, Math.floor((2 * thousandths + unit) / (2 * unit)) * step);
}
