import {
  type Cycle,
  type CyclePlan,
  dayOf,
  faultsOf,
  isSamePlan,
  sameListings,
} from "./cycle-plans.ts";
import type { CycleVerb, Cycling } from "./mean-cycles.ts";
import { at, type Model } from "./model.ts";
import { freeOf } from "./stock.ts";

/** Nothing of these is brought or sent. */
const GONE = ["expired", "cancelled", "refunded"];

/** Listings of a cycle of which somebody has ordered, whether it is paid or may be yet. */
function orderedIn(model: Model, index: number): number[] {
  const lines = model.orders
    .filter(({ status }) => !GONE.includes(status))
    .flatMap((order) => order.lines)
    .filter((line) => at(model.parcels, line.parcel).status !== "cancelled");
  const own = lines.filter(({ cycle }) => cycle?.index === index);
  return [...new Set(own.map(({ listing }) => listing))].sort((one, other) => one - other);
}

/** What stands in the database that a plan cannot be beside, the gravest first. */
function refusal(model: Model, coop: number, plan: CyclePlan, own: Cycle | null): string | null {
  const isOurs = (listing: number) => at(model.listings, listing).coop === coop;
  if (!plan.listings.every(isOurs)) return "listing-unknown";
  const others = model.cycles.all.filter(
    (each) =>
      each !== own && !each.isOff && each.opensAt < plan.closesAt && plan.opensAt < each.closesAt,
  );
  const twice = plan.listings.filter((each) => others.some((of) => of.listings.includes(each)));
  if (twice.length > 0) return `overlapping ${twice.sort((one, other) => one - other).join()}`;
  const isThere = plan.listings.some((listing) => freeOf(model, listing) > 0);
  const isPlaced = plan.places.some(({ village }) => village === 0);
  return isThere && !isPlaced ? "place-missing 0" : null;
}

function plan(model: Model, { by, plan: wanted }: Required<Cycling>): string {
  const { all, only } = model.cycles;
  const faults = faultsOf(wanted, model.now);
  if (faults.length > 0) return `faults ${faults.join()}`;
  const refused = refusal(model, by, wanted, null);
  if (refused) return refused;
  all.push({ ...wanted, coop: by, revision: 1, isOff: false });
  for (const listing of wanted.listings) only.add(listing);
  return "planned";
}

/** Buyers have been promised it by now, or it has happened. */
function fixedOf(model: Model, cycle: Cycle, wanted: CyclePlan, hasOrders: boolean): string[] {
  const hasOpened = model.now >= cycle.opensAt;
  const hasClosed = hasOpened && model.now >= cycle.closesAt;
  return [
    ...(hasOpened && wanted.opensAt !== cycle.opensAt ? ["opens"] : []),
    ...(hasClosed && wanted.closesAt !== cycle.closesAt ? ["closes"] : []),
    ...((hasClosed || hasOrders) && wanted.shipsOn !== cycle.shipsOn ? ["ships"] : []),
    ...(hasClosed && !sameListings(wanted, cycle) ? ["listings"] : []),
  ];
}

/** A whole new plan for a cycle. What is refused for several reasons is refused for the first of these. */
function change(model: Model, index: number, asked: Required<Cycling>): string {
  const { now, cycles } = model;
  const { by, plan: wanted, revision } = asked;
  const cycle = at(cycles.all, index);
  if (cycle.coop !== by) return "cycle-unknown";
  if (cycle.isOff) return "called-off";
  if (isSamePlan(wanted, cycle)) return "changed again";
  if (revision !== cycle.revision) return "overtaken";
  const ordered = orderedIn(model, index);
  const fixed = fixedOf(model, cycle, wanted, ordered.length > 0);
  if (fixed.length > 0) return `fixed ${fixed.join()}`;
  const dropped = ordered.filter((listing) => !wanted.listings.includes(listing));
  if (dropped.length > 0) return `ordered ${dropped.join()}`;
  const isClosed = now >= cycle.opensAt && now >= cycle.closesAt;
  const days = cycle.places.map(({ day }) => day ?? cycle.collectsOn);
  if (isClosed && Math.max(cycle.collectsOn, ...days) < dayOf(now)) return "collected-already";
  const faults = faultsOf(wanted, now, { ...cycle, isClosed });
  if (faults.length > 0) return `faults ${faults.join()}`;
  const refused = refusal(model, by, wanted, cycle);
  if (refused) return refused;
  Object.assign(cycle, { ...wanted, revision: revision + 1 });
  // What has been sold in it by now may be sold at any time again.
  if (!isClosed) for (const listing of wanted.listings) cycles.only.add(listing);
  return "changed new";
}

function close({ now, cycles }: Model, index: number, { by }: Cycling): string {
  const cycle = at(cycles.all, index);
  if (cycle.coop !== by) return "cycle-unknown";
  if (cycle.isOff) return "called-off";
  if (now <= cycle.opensAt) return "not-open";
  if (now >= cycle.closesAt) return "closed again";
  Object.assign(cycle, { closesAt: now, revision: cycle.revision + 1 });
  return "closed new";
}

/** Nothing is sold in it any more: only where nothing was, or all of it is over. */
function callCycleOff(model: Model, index: number, { by }: Cycling): string {
  const cycle = at(model.cycles.all, index);
  if (cycle.coop !== by) return "cycle-unknown";
  if (cycle.isOff) return "off again";
  const ordered = orderedIn(model, index);
  if (ordered.length > 0) return `orders-stand ${ordered.join()}`;
  Object.assign(cycle, { isOff: true, revision: cycle.revision + 1 });
  return "off new";
}

/** May be sold at any time again, unless a cycle sells it now or later. */
function free({ now, cycles, listings }: Model, listing: number, { by }: Cycling): string {
  if (at(listings, listing).coop !== by) return "listing-unknown";
  if (!cycles.only.has(listing)) return "free again";
  const isSold = cycles.all.some(
    (each) => !each.isOff && each.closesAt > now && each.listings.includes(listing),
  );
  if (isSold) return "in-cycle";
  cycles.only.delete(listing);
  return "free new";
}

/** Plays one step about cycles in the model; what the real market has to answer. */
export function playCycle(
  model: Model,
  verb: CycleVerb,
  index: number,
  asked: Cycling | undefined,
): string {
  if (!asked) throw new Error(`nobody said how to ${verb}`);
  switch (verb) {
    case "plan":
      return plan(model, planned(asked));
    case "change-cycle":
      return change(model, index, planned(asked));
    case "close-cycle":
      return close(model, index, asked);
    case "call-cycle-off":
      return callCycleOff(model, index, asked);
    case "free":
      return free(model, index, asked);
  }
}

/** With the plan that planning and changing come with. */
export function planned({ by, plan: wanted, revision = 0 }: Cycling): Required<Cycling> {
  if (!wanted) throw new Error("nobody said what to plan");
  return { by, plan: wanted, revision };
}
