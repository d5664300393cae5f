import { at, type Line, MINUTE, type Model } from "./model.ts";

export const DAY = 24 * 60 * MINUTE;

/** China's day of a moment: days since 1970 there. */
export const dayOf = (ms: number) => Math.floor((ms + DAY / 3) / DAY);

/** Where a village brings what it sold, on the cycle's day or another; all households are of the first. */
export type Place = { village: 0 | 1; day: number | null; untilMinute: number };
export const FROM_MINUTE = 480;

export type CyclePlan = {
  opensAt: number;
  closesAt: number;
  collectsOn: number;
  shipsOn: number;
  tellsIdle: boolean;
  places: Place[];
  listings: number[];
};

export type Cycle = CyclePlan & { coop: number; revision: number; isOff: boolean };

/** The cycle that a line was ordered in, and the day that was promised then. */
export type SoldIn = { index: number; shipsOn: number };

export type Cycles = {
  /** The database's clock, whose hand hardly moves while a history is played. */
  clock: number;
  all: Cycle[];
  /** Listings that are for sale in cycles alone: also after the last of them. */
  only: Set<number>;
};

/** From the moment it opens to just before the one it closes. */
const isOpen = ({ opensAt, closesAt, isOff }: Cycle, now: number) =>
  !isOff && now >= opensAt && now < closesAt;

/** The cycle in which something is sold now; nothing where it is sold at any time, or not now. */
export function openCycleOf({ cycles, now }: Model, listing: number): SoldIn | undefined {
  const index = cycles.all.findIndex(
    (cycle) => cycle.listings.includes(listing) && isOpen(cycle, now),
  );
  if (index < 0 || !cycles.only.has(listing)) return undefined;
  return { index, shipsOn: at(cycles.all, index).shipsOn };
}

export const isForSale = (model: Model, listing: number) =>
  !at(model.listings, listing).isPaused &&
  (!model.cycles.only.has(listing) || openCycleOf(model, listing) !== undefined);

/**
 * Who pays late still gets what she ordered as it was sold to her: at any time, or in a cycle that has
 * not closed and ships on the day she was promised. Only the database's clock tells whether it has.
 */
export function isStillOffered({ cycles }: Model, { listing, cycle: sold }: Line): boolean {
  if (!sold) return !cycles.only.has(listing);
  const cycle = at(cycles.all, sold.index);
  const isOver = cycle.isOff || cycle.closesAt <= cycles.clock;
  return !isOver && cycle.listings.includes(listing) && cycle.shipsOn === sold.shipsOn;
}

const sorted = (listings: readonly number[]) => [...listings].sort((one, other) => one - other);
export const sameListings = (one: CyclePlan, other: CyclePlan) =>
  sorted(one.listings).join() === sorted(other.listings).join();

/** Whatever it says, and in whatever order: a place's own day may be the cycle's. */
export function isSamePlan(one: CyclePlan, other: CyclePlan): boolean {
  const told = ({ collectsOn, places }: CyclePlan) =>
    places
      .map(({ village, day, untilMinute }) => `${village} ${day ?? collectsOn} ${untilMinute}`)
      .sort()
      .join();
  const fields = ["opensAt", "closesAt", "collectsOn", "shipsOn", "tellsIdle"] as const;
  const isSame = fields.every((field) => one[field] === other[field]);
  return isSame && sameListings(one, other) && told(one) === told(other);
}

/** A date this far is a slip of the pen. */
const FURTHEST = 366 * DAY;

/** What of one place's day is wrong; one that stood before and is over holds up nothing. */
function placeFault(plan: CyclePlan, today: number, { village, day }: Place, before?: CyclePlan) {
  if (day === null) return null;
  if (day < today) {
    const stood = before?.places.some((each) => each.village === village && each.day === day);
    return stood ? null : "past";
  }
  if (day < dayOf(plan.closesAt)) return "collects-before-closing";
  return day > plan.shipsOn ? "collects-after-shipping" : null;
}

function closingFault({ opensAt, closesAt }: CyclePlan, now: number) {
  if (closesAt <= opensAt) return "closes-before-opens";
  if (closesAt <= now) return "closed-already";
  return closesAt - now > FURTHEST ? "too-far" : null;
}

function collectingFault(plan: CyclePlan, today: number, before?: CyclePlan) {
  const { collectsOn, closesAt } = plan;
  if (before && before.collectsOn < today) {
    return collectsOn === before.collectsOn ? null : "collected-already";
  }
  if (collectsOn < today) return "past";
  return collectsOn < dayOf(closesAt) ? "collects-before-closing" : null;
}

/** What is wrong with a plan by itself, field by field; of one that has closed its closing is no fault. */
export function faultsOf(
  plan: CyclePlan,
  now: number,
  before?: CyclePlan & { isClosed: boolean },
): string[] {
  const today = dayOf(now);
  const { collectsOn, shipsOn } = plan;
  const isTooFar = shipsOn > dayOf(now + 2 * FURTHEST);
  const shipping = shipsOn < collectsOn ? "ships-before-collecting" : isTooFar ? "too-far" : null;
  const all: [string, string | null][] = [
    ["closes", before?.isClosed ? null : closingFault(plan, now)],
    ["collectsOn", collectingFault(plan, today, before)],
    ["shipsOn", shipping],
    ["listings", plan.listings.length === 0 ? "no-listings" : null],
  ];
  for (const place of plan.places) {
    const isOver = place.untilMinute <= FROM_MINUTE;
    all.push([`until ${place.village}`, isOver ? "until-before-from" : null]);
    all.push([`day ${place.village}`, placeFault(plan, today, place, before)]);
  }
  return all.flatMap(([field, fault]) => (fault ? [`${field}: ${fault}`] : [])).sort();
}
