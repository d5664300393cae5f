import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { type CyclePlan, planFaults } from "./cycle-rules.ts";
import {
  lockPlans,
  type PlanRefused,
  refusePlan,
  writeListings,
  writePlaces,
} from "./write-cycle.ts";

export type CyclePlanned = { ok: true; cycleId: string; isNew: boolean } | PlanRefused;

/** What the audit log keeps of a cycle: moments, days and how much of it, no names. */
export const planNoted = (plan: CyclePlan) => ({
  ...{ opensAt: plan.opensAt, closesAt: plan.closesAt, collectsOn: plan.collectsOn },
  ...{ shipsOn: plan.shipsOn, tellsIdle: plan.tellsIdle },
  ...{ places: plan.places.length, listings: plan.listingIds.length },
});

/**
 * Plans a cycle: from when to when the chosen listings are for sale, when and where each village
 * brings what was sold, from which day it is sent. From now on they are for sale in their cycles
 * alone. `clientKey` is made with the form: sent again it finds the cycle (`isNew: false`), whatever
 * it says by then.
 *
 * Fails with `faults` (what contradicts itself or the clock, by field), `listing-unknown` (another
 * cooperative's, or not on sale), `overlapping`, `presale-later` and `place-missing`, each with what
 * it is about; nothing is written then. Locks the cooperative's row, which no order waits for, then
 * the listings in id order.
 */
export async function planCycle(
  db: Kysely<DB>,
  scope: CoopScope,
  { plan, clientKey, now = new Date() }: { plan: CyclePlan; clientKey: string; now?: Date },
): Promise<CyclePlanned> {
  return db.transaction().execute(async (trx) => {
    await lockPlans(trx, scope);
    const known = await trx
      .selectFrom("order_cycles")
      .select("id")
      .where("cooperative_id", "=", scope.cooperativeId)
      .where("client_key", "=", clientKey)
      .executeTakeFirst();
    if (known) return { ok: true, cycleId: known.id, isNew: false };
    const faults = planFaults(plan, now);
    if (faults.size > 0) return { ok: false, reason: "faults", faults };
    const cycleId = uuidv7();
    const refused = await refusePlan(trx, scope, { cycleId, plan });
    if (refused) return refused;
    await trx
      .insertInto("order_cycles")
      .values({
        ...{ id: cycleId, cooperative_id: scope.cooperativeId, client_key: clientKey },
        ...{ opens_at: plan.opensAt, closes_at: plan.closesAt, collects_on: plan.collectsOn },
        ...{ ships_on: plan.shipsOn, tells_idle: plan.tellsIdle, planned_by: scope.userId },
        shop_told: now < plan.opensAt ? "planned" : "open",
      })
      .execute();
    await writePlaces(trx, { cycleId, plan });
    await writeListings(trx, { cycleId, plan, now });
    await noteAct(trx, {
      ...{ actor: scope.userId, action: "cycle.planned", after: planNoted(plan) },
      subject: { type: "cycle", id: cycleId },
    });
    return { ok: true, cycleId, isNew: true };
  });
}
