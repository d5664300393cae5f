import type { Kysely } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { lockRun } from "./lock-payouts.ts";
import { noteRun } from "./note-run.ts";

/**
 * Gives up a run that is not confirmed; the ledger never knew of it. Cancelling again changes
 * nothing. Fails with "run-not-found" (or another cooperative's) and "already-confirmed".
 *
 * Locks the cooperative's row (see lock-payouts.ts).
 */
export async function cancelRun(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { runId: string },
): Promise<
  { ok: true; isNew: boolean } | { ok: false; reason: "run-not-found" | "already-confirmed" }
> {
  return db.transaction().execute(async (trx) => {
    const run = await lockRun(trx, scope, input.runId);
    if (!run) return { ok: false, reason: "run-not-found" };
    if (run.status === "confirmed") return { ok: false, reason: "already-confirmed" };
    if (run.status === "cancelled") return { ok: true, isNew: false };
    await trx
      .updateTable("payouts")
      .set({ status: "cancelled" })
      .where("payout_run_id", "=", run.id)
      .execute();
    await trx
      .updateTable("payout_runs")
      .set({ status: "cancelled" })
      .where("id", "=", run.id)
      .execute();
    await noteRun(trx, scope, {
      action: "payout-run.cancelled",
      subject: "payout-run",
      id: run.id,
      before: { status: "prepared" },
      after: { status: "cancelled" },
    });
    return { ok: true, isNew: true };
  });
}
