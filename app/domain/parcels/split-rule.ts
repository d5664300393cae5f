/** Why something of a parcel is sent later; the buyer reads it. */
export const restReasons = ["not-harvested", "not-arrived", "too-big", "weather"] as const;
export type RestReason = (typeof restReasons)[number];

/** Longer than this nobody waits for the rest of what she has paid for: call it off instead. */
const MOST_DAYS = 30;
/** More parcels of one cooperative for one order are a mistake. */
export const MOST_PARTS = 9;

const DAY_MS = 86_400_000;

/** From today on, so many days: until when the rest may be promised. Days in Shanghai, "2026-11-26". */
export function promisableDays(today: string): { first: string; last: string } {
  const last = new Date(Date.parse(today) + MOST_DAYS * DAY_MS).toISOString().slice(0, 10);
  return { first: today, last };
}

export type SoldPart = { id: string; units: number; fen: number };
export type MovedPart = { id: string; units: number; fen: number };

/**
 * What of a line goes with `units` of it that are sent later, of what its lots provide, the first of
 * `parts` first: a lot that goes altogether goes with all its fen, one that is divided with its units'
 * share of them, rounded down; the cooperative's fee is what is missing to the units' price. Both
 * halves of the line so stay whole to the fen, and no household's sum changes. Whole fen and sale
 * units; the caller knows that there are so many. Pure.
 */
export function planMove(
  line: { unitPriceFen: number; parts: readonly SoldPart[] },
  units: number,
): { feeFen: number; parts: MovedPart[] } {
  const moved: MovedPart[] = [];
  let missing = units;
  for (const part of line.parts) {
    const here = Math.min(missing, part.units);
    if (here === 0) continue;
    const fen = Number((BigInt(part.fen) * BigInt(here)) / BigInt(part.units));
    moved.push({ id: part.id, units: here, fen });
    missing -= here;
  }
  if (missing > 0) throw new RangeError(`${missing} of ${units} units are not there`);
  const sharesFen = moved.reduce((sum, { fen }) => sum + fen, 0);
  return { feeFen: units * line.unitPriceFen - sharesFen, parts: moved };
}
