import type { Kysely } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { lockRun } from "../lock-payouts.ts";
import { noteRun } from "../note-run.ts";
import { readAsked } from "./open-items.ts";

/**
 * Leaves an approved run as it is: what somebody asked for (ask-reversal.ts) is not done, by her own
 * word or another's. Where nobody asks any more, nothing changes; what was approved stays.
 * Fails with "run-not-found" (or another cooperative's). Locks the cooperative's row (see
 * lock-payouts.ts).
 */
export async function withdrawReversal(
  db: Kysely<DB>,
  scope: CoopScope,
  { runId, now = new Date() }: { runId: string; now?: Date },
): Promise<{ ok: true; isNew: boolean } | { ok: false; reason: "run-not-found" }> {
  return db.transaction().execute(async (trx) => {
    const run = await lockRun(trx, scope, runId);
    if (!run) return { ok: false, reason: "run-not-found" };
    const asked = await readAsked(trx, run.id);
    if (!asked) return { ok: true, isNew: false };
    await trx
      .updateTable("payout_reversals")
      .set({ status: "withdrawn", ended_by_user_id: scope.userId, ended_at: now })
      .where("id", "=", asked.id)
      .execute();
    await noteRun(trx, scope, {
      action: "payout-run.reversal-withdrawn",
      subject: "payout-run",
      id: run.id,
      after: { reason: asked.reason },
    });
    return { ok: true, isNew: true };
  });
}
