// Pure: what a search can be narrowed by, as it stands in a URL. Both engines and the page read it.

export const CERTIFICATES = ["green", "organic", "origin", "pledge"] as const;
const GRADES = ["premium", "first", "second", "ungraded"] as const;

/** From each of these fen per jin to the next one, and the last one upwards. */
export const PRICE_STEPS = [0, 300, 500, 1_000, 2_000, 5_000] as const;
/** Sent within so many days from today; 0 is what needs no waiting for a harvest. */
export const SHIPS_WITHIN = [0, 7, 30, 90] as const;

export const priceBands = PRICE_STEPS.map((from, at) => `${from}-${PRICE_STEPS[at + 1] ?? ""}`);

const isOneOf = (values: readonly (string | number)[]) => (value: string) =>
  values.some((known) => String(known) === value);
const fits = (pattern: RegExp) => (value: string) => pattern.test(value);

const accepts = {
  category: fits(/^[a-z0-9-]{1,60}$/),
  region: fits(/^\d{2,9}$/),
  cooperative: fits(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  grade: isOneOf(GRADES),
  certificate: isOneOf(CERTIFICATES),
  harvest: fits(/^20\d\d-(?:0[1-9]|1[0-2])$/),
  price: isOneOf(priceBands),
  ships: isOneOf(SHIPS_WITHIN),
  stock: isOneOf(["yes"]),
} satisfies Record<string, (value: string) => boolean>;

export type FilterName = keyof typeof accepts;
export const filterNames = Object.keys(accepts) as FilterName[];
export type Filters = Partial<Record<FilterName, string>>;

export const sorts = ["relevance", "price", "newest", "harvest", "households"] as const;
export type Sort = (typeof sorts)[number];

/** True when a value can be asked for: it is a code, and can break no query of either engine. */
export function isFilterValue(name: FilterName, value: string): boolean {
  return accepts[name](value);
}

/** "500-1000" as fen per jin; the last band has no end. */
export function priceBandOf(fenPerJin: number): string {
  const at = PRICE_STEPS.findLastIndex((from) => fenPerJin >= from);
  return priceBands[Math.max(0, at)] ?? "";
}

/** How many listings each value of each filter would show, all other filters left as they are. */
export type Facets = Record<FilterName, Record<string, number>>;

/** `from`: listings by the day they are sent from, as days from today; sums up what is sent by then. */
export function countShipsWithin(from: ReadonlyMap<number, number>): Record<string, number> {
  return Object.fromEntries(
    SHIPS_WITHIN.map((days) => {
      const within = [...from].filter(([day]) => day <= days);
      return [String(days), within.reduce((sum, [, count]) => sum + count, 0)];
    }),
  );
}
