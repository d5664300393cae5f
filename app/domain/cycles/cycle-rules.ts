import { shanghaiDay } from "../calendar/day-rule.ts";

/** Where and when one village brings what it sold; minutes of the day, by Shanghai's clock. */
export type CyclePlace = {
  regionCode: string;
  villageZh: string;
  place: string;
  fromMinute: number;
  untilMinute: number;
  /** Another day than the cycle's; null for the cycle's. */
  collectsOn: string | null;
};

export type CyclePlan = {
  opensAt: Date;
  closesAt: Date;
  /** Days by Shanghai's clock, "2026-11-27". */
  collectsOn: string;
  shipsOn: string;
  /** Whether households that sold nothing are told that there is nothing to bring. */
  tellsIdle: boolean;
  places: readonly CyclePlace[];
  listingIds: readonly string[];
};

export type CycleState = "planned" | "open" | "closed" | "called-off";

/** Where a cycle stands as of `now`. Pure. */
export function cycleState(
  cycle: { opensAt: Date; closesAt: Date; calledOffAt: Date | null },
  now: Date,
): CycleState {
  if (cycle.calledOffAt) return "called-off";
  if (now < cycle.opensAt) return "planned";
  return now < cycle.closesAt ? "open" : "closed";
}

/**
 * An order placed at the last moment may be paid for half an hour yet, and its payment takes a while
 * to be heard of; only then is it known what is to be brought.
 */
export const SETTLES_AFTER_MS = 40 * 60_000;

/** A plan further away than this is a slip of the pen. */
const FURTHEST_DAYS = 366;
const DAY_MS = 86_400_000;

export type PlanFault =
  | "closes-before-opens"
  | "closed-already"
  | "too-far"
  | "past"
  | "collected-already"
  | "collects-before-closing"
  | "collects-after-shipping"
  | "ships-before-collecting"
  | "until-before-from"
  | "no-listings";

/** The field of a plan that is wrong; of a place with its village. */
export type PlanField =
  | "closes"
  | "collectsOn"
  | "shipsOn"
  | "listings"
  | `${"day" | "until"} ${string}`;

export const villageKey = ({
  regionCode,
  villageZh,
}: Pick<CyclePlace, "regionCode" | "villageZh">) => `${regionCode} ${villageZh}`;

const dayText = (place: CyclePlace) => `${villageKey(place)} ${place.collectsOn}`;

/**
 * What of a plan contradicts itself or the clock, by field. Of the cycle and the places that stood before
 * a day that is over is left as it is: it holds up no other village, but the cycle's own is moved no more.
 * Pure.
 */
export function planFaults(
  plan: CyclePlan,
  now: Date,
  before?: Pick<CyclePlan, "collectsOn" | "places">,
): Map<PlanField, PlanFault> {
  const faults = new Map<PlanField, PlanFault>();
  const stood = new Set(before?.places.map(dayText));
  const { opensAt, closesAt, collectsOn, shipsOn } = plan;
  const closingDay = shanghaiDay(closesAt);
  const today = shanghaiDay(now);
  if (closesAt <= opensAt) faults.set("closes", "closes-before-opens");
  else if (closesAt <= now) faults.set("closes", "closed-already");
  else if (closesAt.getTime() > now.getTime() + FURTHEST_DAYS * DAY_MS) {
    faults.set("closes", "too-far");
  }
  if (before && before.collectsOn < today) {
    if (collectsOn !== before.collectsOn) faults.set("collectsOn", "collected-already");
  } else if (collectsOn < today) faults.set("collectsOn", "past");
  else if (collectsOn < closingDay) faults.set("collectsOn", "collects-before-closing");
  if (shipsOn < collectsOn) faults.set("shipsOn", "ships-before-collecting");
  else if (shipsOn > shanghaiDay(new Date(now.getTime() + 2 * FURTHEST_DAYS * DAY_MS))) {
    faults.set("shipsOn", "too-far");
  }
  for (const place of plan.places) {
    const key = villageKey(place);
    const day = place.collectsOn;
    if (place.untilMinute <= place.fromMinute) faults.set(`until ${key}`, "until-before-from");
    if (day === null || (day < today && stood.has(dayText(place)))) continue;
    if (day < today) faults.set(`day ${key}`, "past");
    else if (day < closingDay) faults.set(`day ${key}`, "collects-before-closing");
    else if (day > shipsOn) faults.set(`day ${key}`, "collects-after-shipping");
  }
  if (plan.listingIds.length === 0) faults.set("listings", "no-listings");
  return faults;
}

/** The day on which the last village brings what it sold. Pure. */
export const lastDayOf = ({ collectsOn, places }: Pick<CyclePlan, "collectsOn" | "places">) =>
  places.reduce((last, { collectsOn: day }) => (day && day > last ? day : last), collectsOn);

/** One plan as one text, whatever order its places and listings come in. Pure. */
export function planText(plan: CyclePlan): string {
  const places = plan.places.map(({ regionCode, villageZh, ...place }) => [
    ...[regionCode, villageZh, place.place, place.fromMinute, place.untilMinute],
    place.collectsOn === plan.collectsOn ? null : place.collectsOn,
  ]);
  return JSON.stringify([
    ...[plan.opensAt.getTime(), plan.closesAt.getTime(), plan.collectsOn, plan.shipsOn],
    ...[plan.tellsIdle, places.map(String).toSorted(), [...plan.listingIds].toSorted()],
  ]);
}

/** What is fixed of a cycle by now: what buyers were promised, and what has passed. */
export type Fixed = { opens: boolean; closes: boolean; ships: boolean; listings: boolean };

/** As long as nobody has ordered, an open cycle may ship on another day. Pure. */
export function fixedBy(state: CycleState, hasOrders: boolean): Fixed {
  const isOver = state === "closed" || state === "called-off";
  return {
    opens: state !== "planned",
    closes: isOver,
    ships: isOver || hasOrders,
    listings: isOver,
  };
}
