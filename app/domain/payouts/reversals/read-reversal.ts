import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { personOf, type RunPerson } from "../read-run-people.ts";
import { readOpenItems, sumOf } from "./open-items.ts";
import type { ReversalReason } from "./reversal-reasons.ts";

export type ShownReversal = {
  status: "asked" | "approved";
  reason: ReversalReason;
  note: string;
  askedAt: Date;
  /** Null for somebody who never worked for the cooperative. */
  askedBy: RunPerson | null;
  endedAt: Date | null;
  endedBy: RunPerson | null;
  /** Of one that was approved. */
  fen: number | null;
  payoutCount: number | null;
};

export type RunReversal = {
  /** The newest that was not withdrawn; null when nobody asks for one. */
  reversal: ShownReversal | null;
  /** What could be taken back now, in fen and payouts. */
  openFen: number;
  openCount: number;
};

/**
 * Whether an approved run of the scope's cooperative is being taken back or was, by whom, and what of it
 * still could be. Of a run that is not approved, unknown or another's nothing. Locks nothing.
 */
export async function readReversal(
  db: Kysely<DB>,
  scope: CoopScope,
  runId: string,
): Promise<RunReversal> {
  const none = { reversal: null, openFen: 0, openCount: 0 };
  if (!isUuid(runId)) return none;
  const { rows } = await sql<ShownReversal & { isThere: boolean }>`
    select back.id is not null as "isThere", back.status, back.reason, back.note,
      back.asked_at as "askedAt", back.ended_at as "endedAt", back.fen,
      back.payout_count as "payoutCount", ${personOf(scope, "back.asked_by_user_id")} as "askedBy",
      ${personOf(scope, "back.ended_by_user_id")} as "endedBy"
    from payout_runs run
    left join payout_reversals back on back.payout_run_id = run.id and back.status <> 'withdrawn'
    where run.id = ${runId} and run.cooperative_id = ${scope.cooperativeId}
      and run.status = 'confirmed'
    order by back.id desc limit 1`.execute(db);
  const [row] = rows;
  if (!row) return none;
  const items = await readOpenItems(db, runId);
  const { isThere, ...reversal } = row;
  return {
    reversal: isThere ? reversal : null,
    openFen: sumOf(items),
    openCount: items.length,
  };
}
