import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

export type RunStatus = "prepared" | "confirmed" | "cancelled";

export type ListedRun = {
  id: string;
  number: string;
  status: RunStatus;
  totalFen: number;
  payoutCount: number;
  preparedAt: Date;
  confirmedAt: Date | null;
  /** Somebody asks for it to be taken back, or it has been. */
  reversal: "reversing" | "reversed" | null;
};

const REVERSAL = sql<ListedRun["reversal"]>`(
  select case back.status when 'approved' then 'reversed' else 'reversing' end
  from payout_reversals back where back.payout_run_id = payout_runs.id and back.status <> 'withdrawn'
  order by back.id desc limit 1)`.as("reversal");

/** A run of `payout_runs` as pages see it. */
export const RUN_COLUMNS = [
  REVERSAL,
  "id",
  "number",
  "status",
  "total_fen as totalFen",
  "payout_count as payoutCount",
  "prepared_at as preparedAt",
  "confirmed_at as confirmedAt",
] as const;

/** The runs of the scope's cooperative, newest first. */
export async function listRuns(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { status?: RunStatus; limit?: number } = {},
): Promise<ListedRun[]> {
  let query = db
    .selectFrom("payout_runs")
    .where("cooperative_id", "=", scope.cooperativeId)
    .select(RUN_COLUMNS)
    .orderBy("id", "desc")
    .limit(input.limit ?? 100);
  if (input.status) query = query.where("status", "=", input.status);
  const rows = await query.execute();
  // The database's CHECK holds the same list of states.
  return rows.map((row) => ({ ...row, status: row.status as RunStatus }));
}
