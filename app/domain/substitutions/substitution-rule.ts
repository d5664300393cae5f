/** How long a buyer has to answer, in hours: what is harvested does not wait longer. */
export const ANSWER_HOURS = 12;
const HOUR_MS = 3_600_000;

/** Until when she may answer what is asked now. Pure. */
export const answerBy = (now: Date) => new Date(now.getTime() + ANSWER_HOURS * HOUR_MS);

/**
 * How a proposal ends: by her yes or no, by her silence, because the offer is not any more what she was
 * shown, because its cooperative takes it back, or with the parcel.
 */
export const substitutionStates = [
  ...(["open", "accepted", "declined", "lapsed"] as const),
  ...(["changed", "withdrawn", "dropped"] as const),
] as const;
export type SubstitutionState = (typeof substitutionStates)[number];

/** What is not there, as the buyer ordered it; `fen` is what she paid for so many units. */
export type Missing = {
  titleZh: string;
  titleEn: string;
  grade: string;
  unit: string;
  unitGrams: number;
  units: number;
  fen: number;
};

/** What is offered instead; of its households alias and village alone. */
export type Offered = {
  listingId: string;
  titleZh: string;
  titleEn: string;
  grade: string;
  unit: string;
  unitGrams: number;
  quantity: number;
  unitPriceFen: number;
  fen: number;
  /** Of the photo that she is shown; null for none. */
  photoId: string | null;
  households: {
    aliasZh: string;
    aliasEn: string;
    villageZh: string;
    villageEn: string;
    quantity: number;
  }[];
};

/** All that a buyer is shown and says yes to. */
export type Shown = { missing: Missing; offered: Offered; backFen: number };

/** How many units of an offer the money for what is missing buys: never a surcharge. Pure. */
export const mostUnits = (missingFen: number, unitPriceFen: number) =>
  Math.floor(missingFen / unitPriceFen);
