import { type Kysely, sql, type Transaction } from "kysely";
import { queueMessage } from "#app/domain/messages/queue-message.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { bounceWithin } from "../bounce-payout.ts";
import { lockRun } from "../lock-payouts.ts";
import { noteRun } from "../note-run.ts";
import { type OpenItem, readAsked, readOpenItems, sumOf } from "./open-items.ts";

export type ApprovedReversal =
  | { ok: true; isNew: boolean }
  | {
      ok: false;
      reason:
        | "run-not-found"
        | "reversal-none"
        | "same-person"
        | "nothing-left"
        | "reversal-changed";
    };

/** One message a household, about all that was taken back of what the run was to pay it. */
async function tellHouseholds(
  trx: Transaction<DB>,
  { id, runId }: { id: string; runId: string },
  items: readonly OpenItem[],
): Promise<void> {
  const run = trx.selectFrom("payout_runs").select("number").where("id", "=", runId);
  const { number } = await run.executeTakeFirstOrThrow();
  for (const [householdId, own] of Map.groupBy(items, (item) => item.householdId)) {
    const params = { number, fen: sumOf(own) };
    const key = `payout-reversed:${id}:${householdId}`;
    await queueMessage(trx, { to: { householdId }, template: "payout.taken-back", params, key });
  }
}

/** That the newest reversal of the run has been approved already. */
async function isApproved(trx: Transaction<DB>, runId: string): Promise<boolean> {
  const { rows } = await sql<{ status: string }>`
    select status from payout_reversals where payout_run_id = ${runId}
    order by id desc limit 1`.execute(trx);
  return rows[0]?.status === "approved";
}

/**
 * Takes an approved run back, as somebody else has asked for: for every payout of which the bank has
 * not said that it was paid, and that it has not sent back, the exact opposite of its ledger
 * transaction, so that it is owed to the household again and stands in the next run; each household is
 * told. What the bank has paid stays paid. `shownFen` is the sum that whoever approves has seen.
 * Approving again changes nothing.
 *
 * Fails with "run-not-found" (or another cooperative's), "reversal-none" (nobody asks for it, or not any
 * more), "same-person" (she asked for it herself), "nothing-left" (the bank has said meanwhile what
 * became of every payout) and "reversal-changed" (of some of them, so that it is another sum). Locks the
 * cooperative's row (see lock-payouts.ts).
 */
export async function approveReversal(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { runId: string; shownFen: number; now?: Date },
): Promise<ApprovedReversal> {
  const { shownFen, now = new Date() } = input;
  return db.transaction().execute(async (trx): Promise<ApprovedReversal> => {
    const run = await lockRun(trx, scope, input.runId);
    if (!run) return { ok: false, reason: "run-not-found" };
    const asked = await readAsked(trx, run.id);
    if (!asked) {
      return (await isApproved(trx, run.id))
        ? { ok: true, isNew: false }
        : { ok: false, reason: "reversal-none" };
    }
    if (asked.asked_by_user_id === scope.userId) return { ok: false, reason: "same-person" };
    const items = await readOpenItems(trx, run.id);
    const fen = sumOf(items);
    if (items.length === 0) return { ok: false, reason: "nothing-left" };
    if (fen !== shownFen) return { ok: false, reason: "reversal-changed" };
    for (const { id: payoutId } of items) {
      const of = { runId: run.id, payoutId, reason: "run-reversed", now } as const;
      const back = await bounceWithin(trx, scope, of);
      if (!back.ok || !back.isNew) throw new Error(`${payoutId} could not be taken back`);
    }
    await trx
      .updateTable("payout_reversals")
      .set({
        ...{ status: "approved", ended_by_user_id: scope.userId, ended_at: now },
        ...{ fen, payout_count: items.length },
      })
      .where("id", "=", asked.id)
      .execute();
    await tellHouseholds(trx, { id: asked.id, runId: run.id }, items);
    await noteRun(trx, scope, {
      action: "payout-run.reversed",
      subject: "payout-run",
      id: run.id,
      before: { status: "confirmed" },
      after: { reversalId: asked.id, reason: asked.reason, fen, payoutCount: items.length },
    });
    return { ok: true, isNew: true };
  });
}
