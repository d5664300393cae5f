import { shanghaiDay } from "../calendar/day-rule.ts";
import { hasPhone } from "./phone-rule.ts";

/** The bounds of an offer, as the database holds them too, and the words for being outside. */

export const units = ["box-5jin", "kg", "bag", "head"] as const;
export type Unit = (typeof units)[number];
export const grades = ["premium", "first", "second", "ungraded"] as const;
export type Grade = (typeof grades)[number];

const FIXED_GRAMS: Partial<Record<Unit, number>> = { "box-5jin": 2_500, kg: 1_000 };
const MAX_GRAMS = 1_000_000;
const MAX_PRICE_FEN = 100_000_000;
export const MAX_QUANTITY = 100_000;
/** A line of a cart holds no more. */
export const MAX_PER_ORDER = 999;
/** So far from today, back and ahead, a day may be. */
const MAX_YEARS = 1;
const MAX_TITLE = 60;
const MAX_TITLE_EN = 120;
export const MAX_PHOTOS = 6;

/** The bounds that a phone without a signal can hold an offer to by itself. */
export const OFFER_BOUNDS = {
  ...{ priceFen: MAX_PRICE_FEN, quantity: MAX_QUANTITY, title: MAX_TITLE, titleEn: MAX_TITLE_EN },
  ...{ grams: MAX_GRAMS, weighedUnits: units.filter((unit) => FIXED_GRAMS[unit] === undefined) },
  years: MAX_YEARS,
};

export type Offer = {
  titleZh: string;
  titleEn: string;
  unit: Unit;
  /** Grams of one sale unit; only asked for bags and heads, the others know theirs. */
  unitGrams: number | null;
  priceFen: number;
  /** Whole sale units. */
  quantity: number;
  /** "2026-11-22", the day in Shanghai. */
  harvestedOn: string;
  photoIds: readonly string[];
  /** The day from which a pre-sale is sent; none for what is harvested. */
  shipsFrom?: string | null;
  /** Whole sale units a pre-sale may promise in all; none without a pre-sale. */
  presaleLimit?: number | null;
  /** Whole sale units that one order may take, null for no bound; left out where nobody asked. */
  mostPerOrder?: number | null;
};

/** What comes in: whole sale units of one harvest day. */
export type Incoming = Pick<Offer, "quantity" | "harvestedOn">;

export type OfferProblem =
  | "required"
  | "tooLong"
  | "price"
  | "priceRange"
  | "atLeastOne"
  | "tooMany"
  | "wholeNumber"
  | "unit-grams"
  | "date"
  | "harvest-too-old"
  | "harvest-too-far"
  | "ships-past"
  | "ships-too-far"
  | "ships-before-harvest"
  | "presale-below"
  | "has-phone"
  | "photo-none"
  | "photo-too-many";

export type OfferProblems = Partial<
  Record<
    | "title"
    | "titleEn"
    | "unitGrams"
    | "price"
    | "quantity"
    | "harvestedOn"
    | "photos"
    | "shipsFrom"
    | "presaleLimit"
    | "mostPerOrder",
    OfferProblem
  >
>;

/** The grams of one sale unit: a box of 5 jin has 2500 whatever is said. */
export function gramsOf(unit: Unit, stated: number | null): number | null {
  return FIXED_GRAMS[unit] ?? stated;
}

/** The same day `years` later or earlier. */
function yearsFrom(day: string, years: number): string {
  return `${String(Number(day.slice(0, 4)) + years).padStart(4, "0")}${day.slice(4)}`;
}

/** Whether a text is a day that there is, "2026-11-22". Pure. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) return false;
  // Date takes 30 February too, for 2 March.
  return new Date(text).toISOString().slice(0, 10) === text;
}

function harvestProblem(day: string, today: string): OfferProblem | undefined {
  if (!isDay(day)) return "date";
  if (day < yearsFrom(today, -MAX_YEARS)) return "harvest-too-old";
  if (day > yearsFrom(today, MAX_YEARS)) return "harvest-too-far";
}

function quantityProblem(quantity: number, most = MAX_QUANTITY): OfferProblem | undefined {
  if (quantity > most) return "tooMany";
  if (!Number.isInteger(quantity)) return "wholeNumber";
  if (quantity < 1) return "atLeastOne";
}

/** What is wrong with a price of one sale unit, in fen. */
export function priceProblem(fen: number): "price" | "priceRange" | undefined {
  if (Number.isNaN(fen)) return "price";
  if (!Number.isInteger(fen) || fen < 1 || fen > MAX_PRICE_FEN) return "priceRange";
}

function photosProblem(count: number): OfferProblem | undefined {
  if (count === 0) return "photo-none";
  if (count > MAX_PHOTOS) return "photo-too-many";
}

/** What is wrong with what is to come in; an empty object when nothing is. */
export function stockProblems({ quantity, harvestedOn }: Incoming, now: Date): OfferProblems {
  const problems: OfferProblems = {};
  const amount = quantityProblem(quantity);
  if (amount) problems.quantity = amount;
  const harvest = harvestProblem(harvestedOn, shanghaiDay(now));
  if (harvest) problems.harvestedOn = harvest;
  return problems;
}

function shipsProblem(day: string, harvestedOn: string, today: string): OfferProblem | undefined {
  if (!isDay(day)) return "date";
  if (day <= today) return "ships-past";
  if (day > yearsFrom(today, MAX_YEARS)) return "ships-too-far";
  if (isDay(harvestedOn) && day < harvestedOn) return "ships-before-harvest";
}

function limitProblem(limit: number | null, quantity: number): OfferProblem | undefined {
  if (limit === null) return "required";
  return quantityProblem(limit) ?? (limit < quantity ? "presale-below" : undefined);
}

/** A pre-sale says both, from when it is sent and how much at most; what is harvested neither. */
function presaleProblems(offer: Offer, now: Date): OfferProblems {
  const { shipsFrom = null, presaleLimit = null, harvestedOn, quantity } = offer;
  if (shipsFrom === null && presaleLimit === null) return {};
  const problems: OfferProblems = {};
  const ships =
    shipsFrom === null ? "required" : shipsProblem(shipsFrom, harvestedOn, shanghaiDay(now));
  if (ships) problems.shipsFrom = ships;
  const limit = limitProblem(presaleLimit, quantity);
  if (limit) problems.presaleLimit = limit;
  return problems;
}

/** What is wrong with an offer, field by field; an empty object when nothing is. */
export function offerProblems(offer: Offer, now: Date): OfferProblems {
  const problems: OfferProblems = {};
  const grams = gramsOf(offer.unit, offer.unitGrams);
  const title = offer.titleZh.trim();
  if (title === "") problems.title = "required";
  // PostgreSQL counts characters, JavaScript half of some.
  else if ([...title].length > MAX_TITLE) problems.title = "tooLong";
  else if (hasPhone(title)) problems.title = "has-phone";
  if ([...offer.titleEn].length > MAX_TITLE_EN) problems.titleEn = "tooLong";
  else if (hasPhone(offer.titleEn)) problems.titleEn = "has-phone";
  if (grams === null) problems.unitGrams = "required";
  else if (!Number.isInteger(grams) || grams < 1 || grams > MAX_GRAMS) {
    problems.unitGrams = "unit-grams";
  }
  const price = priceProblem(offer.priceFen);
  if (price) problems.price = price;
  const photos = photosProblem(offer.photoIds.length);
  if (photos) problems.photos = photos;
  const perOrder = quantityProblem(offer.mostPerOrder ?? 1, MAX_PER_ORDER);
  if (perOrder) problems.mostPerOrder = perOrder;
  return { ...problems, ...stockProblems(offer, now), ...presaleProblems(offer, now) };
}
