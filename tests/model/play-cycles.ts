import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { changeCycle } from "#app/domain/cycles/change-cycle.ts";
import type { CyclePlan as RealPlan } from "#app/domain/cycles/cycle-rules.ts";
import { callOffCycle, closeCycle } from "#app/domain/cycles/end-cycle.ts";
import { freeListing } from "#app/domain/cycles/free-listing.ts";
import { planCycle } from "#app/domain/cycles/plan-cycle.ts";
import { type CyclePlan, DAY, FROM_MINUTE } from "./cycle-plans.ts";
import { planned } from "./cycles.ts";
import type { CycleVerb, Cycling } from "./mean-cycles.ts";
import { at } from "./model.ts";
import { again, type Real, scopeOf } from "./real.ts";

const REGION = "513423";
/** Where all households live, and another one. */
export const VILLAGES = ["树河镇", "棉桠镇"];

export const dateOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

function planIn(real: Real, plan: CyclePlan): RealPlan {
  return {
    ...{ opensAt: new Date(plan.opensAt), closesAt: new Date(plan.closesAt) },
    ...{ collectsOn: dateOf(plan.collectsOn), shipsOn: dateOf(plan.shipsOn) },
    tellsIdle: plan.tellsIdle,
    places: plan.places.map(({ village, day, untilMinute }) => ({
      ...{ regionCode: REGION, villageZh: at(VILLAGES, village), place: "村委会门口" },
      ...{ fromMinute: FROM_MINUTE, untilMinute, collectsOn: day === null ? null : dateOf(day) },
    })),
    listingIds: plan.listings.map((listing) => at(real.listings, listing).id),
  };
}

type Refused = {
  reason: string;
  faults?: ReadonlyMap<string, string>;
  listings?: { id: string }[];
  fields?: string[];
  villages?: string[];
};

/** Why not, in the model's words. */
function inWords(real: Real, { reason, faults, listings, fields, villages }: Refused): string {
  const villageIn = (text: string) =>
    VILLAGES.reduce((said, name, index) => said.replace(`${REGION} ${name}`, `${index}`), text);
  const indexes = listings?.map(({ id }) => real.listings.findIndex((each) => each.id === id));
  const about = [
    ...[...(faults ?? [])].map(([field, fault]) => villageIn(`${field}: ${fault}`)).sort(),
    ...(indexes ?? []).sort((one, other) => one - other),
    ...(fields ?? []),
    ...(villages ?? []).map(villageIn),
  ];
  return about.length > 0 ? `${reason} ${about.join()}` : reason;
}

/**
 * Since when a cycle sells something is set to the history's clock: the books are asked whether what
 * was ordered after that says so, and orders have that clock.
 */
async function dateListings(real: Real, cycleId: string, before: string[]): Promise<void> {
  await sql`update cycle_listings set created_at = ${real.now()}
    where cycle_id = ${cycleId} and listing_id <> all(${before}::uuid[])`.execute(real.db);
}

async function listingsIn(real: Real, cycleId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select listing_id as id from cycle_listings where cycle_id = ${cycleId}`.execute(real.db);
  return rows.map(({ id }) => id);
}

/** Sent twice, as by a bad line: the second time finds the cycle. */
async function plan(real: Real, { by, plan: wanted }: Required<Cycling>): Promise<string> {
  const sent = { plan: planIn(real, wanted), clientKey: uuidv7(), now: real.now() };
  const made = await planCycle(real.db, scopeOf(real, by), sent);
  if (!made.ok) return inWords(real, made);
  const { cycleId } = made;
  await dateListings(real, cycleId, []);
  real.cycles.push(cycleId);
  const twice = await planCycle(real.db, scopeOf(real, by), sent);
  const isSame = twice.ok && !twice.isNew && twice.cycleId === cycleId;
  return `planned${isSame ? "" : " otherwise"}`;
}

async function change(
  real: Real,
  cycleId: string,
  { by, plan: wanted, revision }: Required<Cycling>,
): Promise<string> {
  const before = await listingsIn(real, cycleId);
  const asked = { cycleId, plan: planIn(real, wanted), revision, now: real.now() };
  const changed = await changeCycle(real.db, scopeOf(real, by), asked);
  if (!changed.ok) return inWords(real, changed);
  await dateListings(real, cycleId, before);
  return `changed ${again(changed.isChanged)}`;
}

/** Plays one step about cycles in the real market; its answer in the model's words. */
export async function playCycleInReal(
  real: Real,
  verb: CycleVerb,
  index: number,
  asked: Cycling | undefined,
): Promise<string> {
  if (!asked) throw new Error(`nobody said how to ${verb}`);
  if (verb === "plan") return plan(real, planned(asked));
  const [scope, now] = [scopeOf(real, asked.by), real.now()];
  if (verb === "free") {
    const { id: listingId } = at(real.listings, index);
    const freed = await freeListing(real.db, scope, { listingId, now });
    return freed.ok ? `free ${again(freed.isChanged)}` : inWords(real, freed);
  }
  const cycleId = at(real.cycles, index);
  if (verb === "change-cycle") return change(real, cycleId, planned(asked));
  if (verb === "close-cycle") {
    const closed = await closeCycle(real.db, scope, { cycleId, now });
    return closed.ok ? `closed ${again(closed.isChanged)}` : inWords(real, closed);
  }
  const off = await callOffCycle(real.db, scope, { cycleId, now });
  return off.ok ? `off ${again(off.isChanged)}` : inWords(real, off);
}
