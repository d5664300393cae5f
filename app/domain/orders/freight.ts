/** What carrying one parcel costs by its weight; grams and fen. */
export type FreightRate = {
  firstGrams: number;
  firstFen: number;
  addedGrams: number;
  addedFen: number;
};

/**
 * A cooperative's shipping template. Provinces are the first two digits of GB/T 2260; one stands in
 * one group at most, and the rate of the template itself holds for those in none.
 */
export type FreightTerms = FreightRate & {
  regionCode: string;
  groups: readonly (FreightRate & { provinces: readonly string[] })[];
  remoteFen: number;
  remoteProvinces: readonly string[];
  /** From this much of the cooperative's goods in one order on the price by weight falls away. */
  freeFromFen: number | null;
  unservedProvinces: readonly string[];
};

/** What one cooperative sends for one order. */
export type Carried = { weightGrams: number; produceFen: number };

/** No payment is of more fen, so dearer freight need not be told apart, and never loses a fen. */
const MOST_FEN = 99_999_999;

const provinceOf = (regionCode: string) => regionCode.slice(0, 2);

/** Whether two places are of one province, between which no freight differs. Pure. */
export const isInProvince = (one: string, other: string) => provinceOf(one) === provinceOf(other);

/** Whether the cooperative sends parcels to that province at all. Pure. */
export function isServed(
  { unservedProvinces }: Pick<FreightTerms, "unservedProvinces">,
  toRegionCode: string,
): boolean {
  return !unservedProvinces.includes(provinceOf(toRegionCode));
}

/**
 * Freight of one cooperative's parcel in whole fen: the first weight at its price and every added
 * weight begun, by the rate of the buyer's province, or nothing from `freeFromFen` of goods on; then
 * a surcharge once if the province counts as remote and is not the cooperative's own. Null where it
 * does not send. It hangs on weight, goods and place alone, so it is known before the order and never
 * negotiated; nothing else in the market reckons it. Pure.
 */
export function freightFen(
  terms: FreightTerms,
  { weightGrams, produceFen }: Carried,
  toRegionCode: string,
): number | null {
  if (!isServed(terms, toRegionCode)) return null;
  const province = provinceOf(toRegionCode);
  const rate = terms.groups.find(({ provinces }) => provinces.includes(province)) ?? terms;
  const beyond = Math.max(0, weightGrams - rate.firstGrams);
  const byWeight = rate.firstFen + Math.ceil(beyond / rate.addedGrams) * rate.addedFen;
  const isFree = terms.freeFromFen !== null && produceFen >= terms.freeFromFen;
  const isRemote =
    terms.remoteProvinces.includes(province) && province !== provinceOf(terms.regionCode);
  return Math.min(MOST_FEN, (isFree ? 0 : byWeight) + (isRemote ? terms.remoteFen : 0));
}
