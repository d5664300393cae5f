import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import type { CyclePlace, CyclePlan } from "#app/domain/cycles/cycle-rules.ts";
import { planCycle } from "#app/domain/cycles/plan-cycle.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { MadeListing } from "./produce.ts";
import { coopScope } from "./scopes.ts";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Where households that factories make live. */
export const SHUHE: CyclePlace = {
  ...{ regionCode: "513423", villageZh: "树河镇", place: "村委会门口" },
  ...{ fromMinute: 480, untilMinute: 600, collectsOn: null },
};

export const managerOf = ({ cooperativeId }: Pick<MadeListing, "cooperativeId">) =>
  coopScope({ userId: "manager", cooperativeId });

/** A cycle that is open for three hours from an hour ago on, collected two days later. */
export function planOf(
  listings: readonly Pick<MadeListing, "id">[],
  overrides: Partial<CyclePlan> & { now?: Date } = {},
): CyclePlan {
  const { now = new Date(), ...given } = overrides;
  const day = (days: number) => shanghaiDay(new Date(now.getTime() + days * DAY_MS));
  return {
    opensAt: new Date(now.getTime() - HOUR_MS),
    closesAt: new Date(now.getTime() + 2 * HOUR_MS),
    ...{ collectsOn: day(2), shipsOn: day(3), tellsIdle: false, places: [SHUHE] },
    listingIds: listings.map(({ id }) => id),
    ...given,
  };
}

/** A cycle that stands; throws when it is refused. */
export async function makeCycle(
  db: Kysely<DB>,
  listings: readonly MadeListing[],
  overrides: Parameters<typeof planOf>[1] = {},
): Promise<{ id: string; plan: CyclePlan; scope: CoopScope }> {
  const [first] = listings;
  if (!first) throw new Error("a cycle needs a listing");
  const scope = managerOf(first);
  const plan = planOf(listings, overrides);
  const { now = new Date() } = overrides;
  const planned = await planCycle(db, scope, { plan, clientKey: uuidv7(), now });
  if (!planned.ok) throw new Error(planned.reason);
  return { id: planned.cycleId, plan, scope };
}
