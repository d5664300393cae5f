/**
 * Splits whole fen by weights: everyone the fen that are certain, then one fen each to those who
 * came closest to another one, the first named first. Written anew, from the rule alone.
 */
export function share(fen: number, weights: number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (all === 0n) throw new Error("nobody to share with");
  const exact = weights.map((weight) => BigInt(fen) * BigInt(weight));
  const parts = exact.map((product) => product / all);
  let rest = BigInt(fen) - parts.reduce((sum, part) => sum + part, 0n);
  const turns = exact
    .map((product, at) => ({ at, over: product % all }))
    .sort((one, other) => (other.over > one.over ? 1 : other.over < one.over ? -1 : 0));
  for (const { at } of turns) {
    if (rest === 0n) break;
    parts[at] = (parts[at] as bigint) + 1n;
    rest -= 1n;
  }
  return parts.map(Number);
}

/** The cooperative's fee: rounded down, so that a doubt is the households'. */
export const feeOf = (lineFen: number, basisPoints: number) =>
  (lineFen * basisPoints - ((lineFen * basisPoints) % 10_000)) / 10_000;

export type Terms = {
  region: string;
  firstGrams: number;
  firstFen: number;
  addedGrams: number;
  addedFen: number;
  remoteFen: number;
  far: string[];
  /** A price of its own for one province. */
  special?: { province: string } & Pick<
    Terms,
    "firstGrams" | "firstFen" | "addedGrams" | "addedFen"
  >;
  freeFrom?: number;
  never: string[];
};

/**
 * First weight, every added weight begun, and once more for far provinces; of much produce only that
 * last.
 */
export function carriage(terms: Terms, grams: number, produceFen: number, county: string): number {
  const province = county.slice(0, 2);
  const rate = terms.special?.province === province ? terms.special : terms;
  let fen = rate.firstFen;
  for (let carried = rate.firstGrams; carried < grams; carried += rate.addedGrams) {
    fen += rate.addedFen;
  }
  if (terms.freeFrom !== undefined && produceFen >= terms.freeFrom) fen = 0;
  const isFar = terms.far.includes(province) && !terms.region.startsWith(province);
  return isFar ? fen + terms.remoteFen : fen;
}
