import { allocate, byTurn, type OpenLot } from "./allocate.ts";

/** Up to so many units every way to cut them is named: 2 to the power of one less, 32 at most. */
const EVERY_CUT_UP_TO = 6;

/** Of more units, so many ways; each further one needs others to take more, in this very moment. */
const MOST_CUTS = 200;

function everyCut(quantity: number): number[][] {
  if (quantity === 0) return [[]];
  return Array.from({ length: quantity }, (_, index) => index + 1).flatMap((first) =>
    everyCut(quantity - first).map((rest) => [first, ...rest]),
  );
}

/**
 * The ways in which a quantity may come to be cut over lots, as units a lot in their turn: by the
 * lots as they are and as they will be when others have taken first, oldest harvest first. Pure;
 * of few units they are all there are.
 */
export function likelyCuts(lots: readonly OpenLot[], quantity: number): number[][] {
  if (quantity <= EVERY_CUT_UP_TO) return everyCut(quantity);
  const cuts = new Map<string, number[]>();
  const queue = lots.toSorted(byTurn);
  for (const [index, first] of queue.entries()) {
    const rest = queue.slice(index + 1, index + quantity);
    for (let head = Math.min(first.available, quantity); head > 0; head--) {
      const cut = allocate([{ ...first, available: head }, ...rest], quantity);
      if (!cut.ok) return [...cuts.values()];
      const quantities = cut.shares.map((share) => share.quantity);
      cuts.set(quantities.join(), quantities);
      if (cuts.size === MOST_CUTS) return [...cuts.values()];
    }
  }
  return [...cuts.values()];
}
