import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { lockCycle, readOrdered } from "./change-cycle.ts";
import { cycleState } from "./cycle-rules.ts";
import { tellCalledOff } from "./tell-collection.ts";
import { type NamedListing, tellShopOf } from "./write-cycle.ts";

type Input = { cycleId: string; now?: Date };

/**
 * Closes an open cycle at once: from `now` on nobody orders in it, and what was ordered stands. One
 * that has closed already stays as it is (`isChanged: false`). Fails with `cycle-unknown`, `not-open`
 * (it has not opened yet) and `called-off`. Locks as `changeCycle` does: an order that is being written
 * comes before it, or is refused.
 */
export async function closeCycle(
  db: Kysely<DB>,
  scope: CoopScope,
  { cycleId, now = new Date() }: Input,
): Promise<
  | { ok: true; isChanged: boolean }
  | { ok: false; reason: "cycle-unknown" | "not-open" | "called-off" }
> {
  return db.transaction().execute(async (trx) => {
    const cycle = await lockCycle(trx, scope, cycleId);
    if (!cycle) return { ok: false, reason: "cycle-unknown" };
    const state = cycleState(cycle, now);
    if (state === "called-off") return { ok: false, reason: "called-off" };
    if (state === "closed") return { ok: true, isChanged: false };
    if (state === "planned" || now <= cycle.opensAt) return { ok: false, reason: "not-open" };
    await sql`update order_cycles set closes_at = ${now}, shop_told = 'closed',
      revision = revision + 1 where id = ${cycleId}`.execute(trx);
    await sql`update cycle_listings set closes_at = ${now} where cycle_id = ${cycleId}`.execute(
      trx,
    );
    await tellShopOf(trx, cycleId);
    await noteAct(trx, {
      ...{ actor: scope.userId, action: "cycle.closed", subject: { type: "cycle", id: cycleId } },
      ...{ before: { closesAt: cycle.closesAt }, after: { closesAt: now } },
    });
    return { ok: true, isChanged: true };
  });
}

/**
 * Calls a cycle off: nothing is sold in it any more, and there is nothing to bring, as whoever was to
 * bring something is told. Only where no order stands, paid or waiting for its payment: fails with
 * `orders-stand` and of which listings; then it can be closed, and its parcels called off one by one,
 * which gives the buyers their money.
 * Fails with `cycle-unknown`; one that is called off already stays so. Locks as `changeCycle` does.
 */
export async function callOffCycle(
  db: Kysely<DB>,
  scope: CoopScope,
  { cycleId, now = new Date() }: Input,
): Promise<
  | { ok: true; isChanged: boolean }
  | { ok: false; reason: "cycle-unknown" }
  | { ok: false; reason: "orders-stand"; listings: NamedListing[] }
> {
  return db.transaction().execute(async (trx) => {
    const cycle = await lockCycle(trx, scope, cycleId);
    if (!cycle) return { ok: false, reason: "cycle-unknown" };
    if (cycle.calledOffAt) return { ok: true, isChanged: false };
    const listings = await readOrdered(trx, cycleId);
    if (listings.length > 0) return { ok: false, reason: "orders-stand", listings };
    await tellCalledOff(trx, scope, { cycleId, now });
    await sql`update order_cycles set called_off_at = ${now}, revision = revision + 1
      where id = ${cycleId}`.execute(trx);
    await sql`update cycle_listings set is_off = true where cycle_id = ${cycleId}`.execute(trx);
    await tellShopOf(trx, cycleId);
    await noteAct(trx, {
      ...{ actor: scope.userId, action: "cycle.called-off" },
      subject: { type: "cycle", id: cycleId },
    });
    return { ok: true, isChanged: true };
  });
}
