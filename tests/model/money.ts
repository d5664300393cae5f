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
};

const REMOTE = ["15", "54", "62", "63", "64", "65"];

/** First weight, every added weight begun, and once more for far provinces. */
export function carriage(terms: Terms, grams: number, county: string): number {
  let fen = terms.firstFen;
  for (let carried = terms.firstGrams; carried < grams; carried += terms.addedGrams) {
    fen += terms.addedFen;
  }
  const province = county.slice(0, 2);
  const isFar = REMOTE.includes(province) && !terms.region.startsWith(province);
  return isFar ? fen + terms.remoteFen : fen;
}
