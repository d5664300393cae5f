import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { lockRun } from "../lock-payouts.ts";
import { noteRun } from "../note-run.ts";
import { readAsked, readOpenItems } from "./open-items.ts";
import type { ReversalReason } from "./reversal-reasons.ts";

export type AskedReversal =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: "run-not-found" | "not-approved" | "reversal-open" | "nothing-left" };

/**
 * Asks for an approved run to be taken back, with the reason and a note of at most 200 characters:
 * nothing is posted before somebody else approves it (approve-reversal.ts), but its bank file is not
 * handed out any more. The same asked again by the same person changes nothing.
 *
 * Fails with "run-not-found" (or another cooperative's), "not-approved", "reversal-open" (asked for
 * already, by another person or otherwise) and "nothing-left" (of every payout the bank has said what
 * became of it). Locks the cooperative's row (see lock-payouts.ts).
 */
export async function askReversal(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { runId: string; reason: ReversalReason; note: string; now?: Date },
): Promise<AskedReversal> {
  const { reason, now = new Date() } = input;
  const note = input.note.trim();
  return db.transaction().execute(async (trx) => {
    const run = await lockRun(trx, scope, input.runId);
    if (!run) return { ok: false, reason: "run-not-found" };
    if (run.status !== "confirmed") return { ok: false, reason: "not-approved" };
    const open = await readAsked(trx, run.id);
    if (open) {
      const isSame =
        open.asked_by_user_id === scope.userId && open.reason === reason && open.note === note;
      return isSame ? { ok: true, isNew: false } : { ok: false, reason: "reversal-open" };
    }
    if ((await readOpenItems(trx, run.id)).length === 0) {
      return { ok: false, reason: "nothing-left" };
    }
    const reversalId = uuidv7();
    await trx
      .insertInto("payout_reversals")
      .values({
        ...{ id: reversalId, payout_run_id: run.id, reason, note },
        ...{ asked_by_user_id: scope.userId, asked_at: now },
      })
      .execute();
    await noteRun(trx, scope, {
      action: "payout-run.reversal-asked",
      subject: "payout-run",
      id: run.id,
      after: { reversalId, reason, note },
    });
    return { ok: true, isNew: true };
  });
}
