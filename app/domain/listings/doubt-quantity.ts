/** Times as much as has ever come in: whoever adds a batch adds no more than a few of the last. */
const FAR_MORE = 5;
/** Below this, five times as much is no slip: one pig, and then six. */
const FEW = 50;
/** 50 t: more than a household picks of a hectare of its best land. */
const A_HARVEST_GRAMS = 50_000_000;

/** A quantity to be sure of: what is on sale now, and what would be, in whole sale units. */
export type QuantityDoubt = { now: number; added: number; inAll: number };

type Stock = {
  /** On sale now, and all that ever came in, in whole sale units. */
  available: number;
  quantityIn: number;
  unitGrams: number;
};

/**
 * Whether so much more of a listing looks like a zero too many: more than five times what has ever
 * come in, or a harvest that no household has. It is only asked about, and never refused. Pure.
 */
export function doubtQuantity(
  { available, quantityIn, unitGrams }: Stock,
  added: number,
): QuantityDoubt | undefined {
  const inAll = available + added;
  const isFarMore = added > FEW && added > FAR_MORE * quantityIn;
  if (!isFarMore && inAll * unitGrams <= A_HARVEST_GRAMS) return undefined;
  return { now: available, added, inAll };
}
