import { type CyclePlan, DAY, dayOf, FROM_MINUTE, type Place } from "./cycle-plans.ts";
import { at, MINUTE, type Model, pick } from "./model.ts";
import type { Step, Verb } from "./steps.ts";

const OF_CYCLES = ["plan", "change-cycle", "close-cycle", "call-cycle-off", "free"] as const;
export type CycleVerb = (typeof OF_CYCLES)[number];

export const isOfCycle = (verb: Verb): verb is CycleVerb =>
  (OF_CYCLES as readonly Verb[]).includes(verb);

/** Which cooperative's manager it is; with what plan, and which revision of it she has seen. */
export type Cycling = { by: number; plan?: CyclePlan; revision?: number };

const HOUR = 60 * MINUTE;
const HOME: Place = { village: 0, day: null, untilMinute: 600 };

/** Open by every clock there is, the history's and the database's. */
const farOff = ({ now, cycles }: Model) =>
  Math.floor((Math.max(now, cycles.clock) + 2 * DAY) / MINUTE) * MINUTE;

/** While a history is played the database's clock goes by this moment: nobody knows when. */
const isNearClock = ({ cycles }: Model, ms: number) => Math.abs(ms - cycles.clock) <= HOUR;

type Other = { plan: CyclePlan; model: Model; amount: number; coop: number };

/** Of one cooperative's listings both, or one. */
function choice({ model, coop, amount }: Omit<Other, "plan">): number[] {
  const own = model.listings.flatMap((each, index) => (each.coop === coop ? [index] : []));
  return at([own, ...own.map((each) => [each]), own], amount % 4);
}

/** What somebody makes another of a plan: as one may, or by mistake. */
const OTHERWISE = {
  same: () => ({}),
  sooner: ({ model, amount }) => ({ closesAt: model.now + 3 * (1 + (amount % 12)) * MINUTE }),
  shipsLater: ({ plan }) => ({ shipsOn: plan.shipsOn + 1 }),
  chooses: (of) => ({ listings: choice(of) }),
  collects: ({ plan, amount }) => ({ collectsOn: plan.collectsOn + 1 - (amount % 3) }),
  waits: ({ plan, amount }) => ({
    places: plan.places.map((each) => ({ ...each, untilMinute: 600 + 30 * (amount % 3) })),
  }),
  opens: ({ model, amount }) => ({ opensAt: model.now + 3 * (amount % 3) * MINUTE }),
  tells: ({ plan }) => ({ tellsIdle: !plan.tellsIdle }),
  later: ({ model, amount }) => ({ closesAt: farOff(model) + (amount % 2) * DAY }),
  nowhere: () => ({ places: [] }),
  elsewhere: ({ plan, amount }) => ({
    places: [HOME, { village: 1, day: plan.collectsOn - 2 + (amount % 5), untilMinute: 660 }],
  }),
  closedBefore: ({ model, amount }) => ({ closesAt: model.now - 3 * (amount % 3) * MINUTE }),
  collectedBefore: ({ model }) => ({ collectsOn: dayOf(model.now) - 1 }),
  choosesNothing: () => ({ listings: [] }),
  choosesOthers: ({ model }) => ({ listings: model.listings.map((_, index) => index) }),
  inAYear: ({ model, amount }) => ({ closesAt: model.now + 366 * DAY + (amount % 2) * MINUTE }),
  shipsInYears: ({ model, amount }) => ({ shipsOn: dayOf(model.now + 732 * DAY) + (amount % 2) }),
  shipsBefore: ({ plan }) => ({ shipsOn: plan.collectsOn - 1 }),
  noTime: () => ({ places: [{ ...HOME, untilMinute: FROM_MINUTE }] }),
} satisfies Record<string, (of: Other) => Partial<CyclePlan>>;
export type Otherwise = keyof typeof OTHERWISE;
const WAYS = Object.keys(OTHERWISE) as Otherwise[];

const otherwise = (turn: number, of: Other): Partial<CyclePlan> =>
  OTHERWISE[at(WAYS, turn % WAYS.length)](of);

/** How much a step says that makes these of a plan: the second as well where `how` is divisible by three. */
export const muchFor = (how: number, first: Otherwise, second: Otherwise): number =>
  ((WAYS.indexOf(first) + WAYS.length - (how % WAYS.length)) % WAYS.length) +
  WAYS.length * WAYS.indexOf(second);

/** From now on, from later on, from before, or from when the one before it closes. */
function opening({ now, cycles }: Model, coop: number, much: number): number {
  const before = cycles.all.findLast((each) => each.coop === coop && !each.isOff);
  const next = before && before.closesAt > now ? before.closesAt : now;
  return at([now, now, next, now + 6 * MINUTE, now - HOUR], much % 5);
}

function newPlan(model: Model, { how, much }: Step, coop: number): CyclePlan {
  const opensAt = opening(model, coop, much);
  const soon = Math.max(model.now, opensAt) + 3 * (1 + (much % 12)) * MINUTE;
  const far = farOff(model);
  const closesAt = how % 3 === 0 || far <= opensAt ? soon : far;
  const collectsOn = dayOf(closesAt) + (much % 3);
  const plan = {
    ...{ opensAt, closesAt, collectsOn, shipsOn: collectsOn + (how % 2), tellsIdle: false },
    ...{ places: [HOME], listings: choice({ model, coop, amount: much + how }) },
  };
  if (how < 8) return plan;
  return { ...plan, ...otherwise(much, { plan, model, amount: how + (much % 7), coop }) };
}

/** One thing of a plan is another, now and then two: then it may be refused for either. */
function otherPlan(model: Model, { how, much }: Step, index: number): CyclePlan {
  const { coop, revision: _, isOff: __, ...before } = at(model.cycles.all, index);
  const turns = [much + how, ...(how % 3 === 0 ? [Math.floor(much / WAYS.length)] : [])];
  const plan: CyclePlan = before;
  for (const turn of turns) {
    Object.assign(plan, otherwise(turn, { plan, model, amount: how, coop }));
  }
  return plan;
}

/** Which cycle, or listing, a step names, who asks, and for what; null where no cycle was planned yet. */
export function meanCycle(
  model: Model,
  verb: CycleVerb,
  step: Step,
): { index: number; cycling: Cycling } | null {
  const { coops, listings, cycles, now } = model;
  if (verb === "plan") {
    const by = step.of % coops.length;
    const plan = newPlan(model, step, by);
    if (isNearClock(model, plan.closesAt)) return null;
    return { index: cycles.all.length, cycling: { by, plan } };
  }
  const index = pick(verb === "free" ? listings.length : cycles.all.length, step.of);
  if (cycles.all.length === 0) return null;
  const { coop } = verb === "free" ? at(listings, index) : at(cycles.all, index);
  const by = step.how === 11 ? (coop + 1) % coops.length : coop;
  if (verb === "free" || verb === "call-cycle-off") return { index, cycling: { by } };
  if (verb === "close-cycle") return isNearClock(model, now) ? null : { index, cycling: { by } };
  const plan = otherPlan(model, step, index);
  if (isNearClock(model, plan.closesAt)) return null;
  const revision = at(cycles.all, index).revision - (step.how === 10 ? 1 : 0);
  return { index, cycling: { by, plan, revision } };
}
