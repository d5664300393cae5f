import { type Kysely, sql, type Transaction } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import {
  type CyclePlan,
  cycleState,
  fixedBy,
  lastDayOf,
  planFaults,
  planText,
} from "./cycle-rules.ts";
import { isStandingLine } from "./needed.ts";
import { planNoted } from "./plan-cycle.ts";
import {
  lockPlans,
  type NamedListing,
  type PlanRefused,
  refusePlan,
  writeListings,
  writePlaces,
} from "./write-cycle.ts";

export type LockedCycle = {
  id: string;
  opensAt: Date;
  closesAt: Date;
  collectsOn: string;
  shipsOn: string;
  tellsIdle: boolean;
  calledOffAt: Date | null;
  revision: number;
};

/** Which listings of a cycle have orders that stand, paid or waiting for their payment. */
export async function readOrdered(trx: Kysely<DB>, cycleId: string): Promise<NamedListing[]> {
  const { rows } = await sql<NamedListing>`
    select l.id, l.title_zh as "titleZh", l.title_en as "titleEn"
    from (select distinct n.listing_id from order_lines n join orders o on o.id = n.order_id
      join parcels p on p.id = n.parcel_id
      where n.cycle_id = ${cycleId} and ${isStandingLine}) ordered
    join listings l on l.id = ordered.listing_id order by l.title_zh, l.id`.execute(trx);
  return rows;
}

/**
 * Locks a cycle of the scope's cooperative, after the cooperative's plans: an order that is being
 * written into it holds its row, so that she waits for that order and sees it. Undefined when it is
 * not there or another's.
 */
export async function lockCycle(
  trx: Transaction<DB>,
  scope: CoopScope,
  cycleId: string,
): Promise<LockedCycle | undefined> {
  if (!isUuid(cycleId)) return undefined;
  await lockPlans(trx, scope);
  const { rows } = await sql<LockedCycle>`
    select id, opens_at as "opensAt", closes_at as "closesAt", collects_on as "collectsOn",
      ships_on as "shipsOn", tells_idle as "tellsIdle", called_off_at as "calledOffAt", revision
    from order_cycles where id = ${cycleId} and cooperative_id = ${scope.cooperativeId}
    for update`.execute(trx);
  return rows[0];
}

export type CycleChanged =
  | { ok: true; isChanged: boolean }
  | { ok: false; reason: "cycle-unknown" | "called-off" | "overtaken" | "collected-already" }
  /** What was promised to buyers, or has passed, is not changed any more. */
  | { ok: false; reason: "fixed"; fields: ("opens" | "closes" | "ships" | "listings")[] }
  /** Buyers have ordered these in it: they stay in. */
  | { ok: false; reason: "ordered"; listings: NamedListing[] }
  | PlanRefused;

const sameMoment = (one: Date, other: Date) => one.getTime() === other.getTime();

/** The parts of a cycle that stand in rows of their own. */
async function readParts(trx: Transaction<DB>, cycleId: string) {
  const { rows } = await sql<Pick<CyclePlan, "places" | "listingIds">>`
    select array(select listing_id from cycle_listings where cycle_id = ${cycleId} order by 1)
        as "listingIds",
      (select coalesce(jsonb_agg(jsonb_build_object('regionCode', region_code, 'place', place,
          'villageZh', village_zh, 'fromMinute', from_minute, 'untilMinute', until_minute,
          'collectsOn', collects_on)), '[]') from cycle_places where cycle_id = ${cycleId})
        as places`.execute(trx);
  return rows[0] ?? { places: [], listingIds: [] };
}

/** What of a changed plan is fixed by now. */
function fixedIn(before: CyclePlan, after: CyclePlan, fixed: ReturnType<typeof fixedBy>) {
  const isSameChoice =
    [...after.listingIds].toSorted().join() === [...before.listingIds].toSorted().join();
  const moved = {
    opens: !sameMoment(before.opensAt, after.opensAt),
    closes: !sameMoment(before.closesAt, after.closesAt),
    ships: before.shipsOn !== after.shipsOn,
    listings: !isSameChoice,
  };
  return (["opens", "closes", "ships", "listings"] as const).filter(
    (field) => fixed[field] && moved[field],
  );
}

/**
 * Changes a cycle by a whole new plan. Before it opens all of it may be changed. Once it is open, not
 * when it opened; once somebody has ordered, not the day it ships from, and what was ordered stays in
 * it. Once it has closed, only where and when the villages bring what was sold, till the last of their days is over:
 * households that were told already are then told the difference (tell-collection.ts).
 *
 * Fails with `cycle-unknown`, `called-off`, `overtaken` (somebody has changed it since `revision` was
 * read), `fixed`, `ordered`, `collected-already`, or as `planCycle` does. The same plan again changes
 * nothing. Locks the cooperative's row and the cycle's (orders being written into it come before),
 * then its listings in id order.
 */
export async function changeCycle(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { cycleId: string; plan: CyclePlan; revision: number; now?: Date },
): Promise<CycleChanged> {
  const { cycleId, plan, revision, now = new Date() } = input;
  return db.transaction().execute(async (trx) => {
    const cycle = await lockCycle(trx, scope, cycleId);
    if (!cycle) return { ok: false, reason: "cycle-unknown" };
    if (cycle.calledOffAt) return { ok: false, reason: "called-off" };
    const before = { ...cycle, ...(await readParts(trx, cycleId)) };
    if (planText(before) === planText(plan)) return { ok: true, isChanged: false };
    if (cycle.revision !== revision) return { ok: false, reason: "overtaken" };
    const ordered = await readOrdered(trx, cycleId);
    const state = cycleState(cycle, now);
    const fields = fixedIn(before, plan, fixedBy(state, ordered.length > 0));
    if (fields.length > 0) return { ok: false, reason: "fixed", fields };
    const dropped = ordered.filter(({ id }) => !plan.listingIds.includes(id));
    if (dropped.length > 0) return { ok: false, reason: "ordered", listings: dropped };
    if (state === "closed" && lastDayOf(before) < shanghaiDay(now)) {
      return { ok: false, reason: "collected-already" };
    }
    const faults = planFaults(plan, now, before);
    if (state === "closed") faults.delete("closes");
    if (faults.size > 0) return { ok: false, reason: "faults", faults };
    const refused = await refusePlan(trx, scope, { cycleId, plan });
    if (refused) return refused;
    await sql`
      update order_cycles set opens_at = ${plan.opensAt}, closes_at = ${plan.closesAt},
        collects_on = ${plan.collectsOn}, ships_on = ${plan.shipsOn},
        tells_idle = ${plan.tellsIdle}, revision = revision + 1,
        shop_told = ${now < plan.opensAt ? "planned" : state === "closed" ? "closed" : "open"}
      where id = ${cycleId}`.execute(trx);
    await writePlaces(trx, { cycleId, plan });
    // What a closed one sold is fixed, and some of it may be sold at any time again by now.
    if (state !== "closed") await writeListings(trx, { cycleId, plan, now });
    await noteAct(trx, {
      ...{ actor: scope.userId, action: "cycle.changed", subject: { type: "cycle", id: cycleId } },
      ...{ before: planNoted(before), after: planNoted(plan) },
    });
    return { ok: true, isChanged: true };
  });
}
