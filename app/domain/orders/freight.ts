/** What a cooperative asks for carrying one parcel; weights in grams, money in fen. */
export type FreightTerms = {
  regionCode: string;
  firstGrams: number;
  firstFen: number;
  addedGrams: number;
  addedFen: number;
  remoteFen: number;
};

/**
 * Provinces that China's parcel carriers price as remote, by the first two digits of GB/T 2260:
 * Inner Mongolia, Tibet, Gansu, Qinghai, Ningxia, Xinjiang.
 */
const REMOTE_PROVINCES: ReadonlySet<string> = new Set(["15", "54", "62", "63", "64", "65"]);

/**
 * Freight of one cooperative's parcel: the first weight at its price, then every added weight
 * begun, then a surcharge once if the buyer's province is remote and not the cooperative's own.
 * Freight hangs on weight and place alone, so it is known before the order and never negotiated.
 */
export function freightFen(terms: FreightTerms, weightGrams: number, toRegionCode: string): number {
  const beyond = Math.max(0, weightGrams - terms.firstGrams);
  const carried = terms.firstFen + Math.ceil(beyond / terms.addedGrams) * terms.addedFen;
  const province = toRegionCode.slice(0, 2);
  const isRemote = REMOTE_PROVINCES.has(province) && province !== terms.regionCode.slice(0, 2);
  return carried + (isRemote ? terms.remoteFen : 0);
}
