import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { type Difference, readDifferences } from "./read-differences.ts";

export type Reconciliation = {
  id: string;
  startedAt: Date;
  movementCount: number;
  graceMinutes: number;
  /** Fen of CNY: Stripe's balance and the ledger's clearing account. */
  stripeFen: number;
  ledgerFen: number;
  inFlightCount: number;
  inFlightFen: number;
  differenceCount: number;
  differenceFen: number;
};

export type LatestReconciliations = {
  /** Newest first. */
  runs: Reconciliation[];
  /** The newest run that could not ask Stripe, when none has been finished since. */
  failedAt: Date | null;
};

const FINISHED = sql`
  select id, started_at as "startedAt", movement_count as "movementCount",
    grace_minutes as "graceMinutes", stripe_fen as "stripeFen", ledger_fen as "ledgerFen",
    in_flight_count as "inFlightCount", in_flight_fen as "inFlightFen",
    difference_count as "differenceCount", difference_fen as "differenceFen"
  from reconciliations where status = 'done'`;

/** The newest finished runs. The scope is proof that an operator asks. Locks nothing. */
export async function readLatestReconciliations(
  db: Kysely<DB>,
  _operator: OperatorScope,
  { limit }: { limit: number },
): Promise<LatestReconciliations> {
  const [{ rows: runs }, failed] = await Promise.all([
    sql<Reconciliation>`${FINISHED} order by started_at desc limit ${limit}`.execute(db),
    sql<{ failedAt: Date | null }>`
      select max(started_at) as "failedAt" from reconciliations
      where status = 'failed' and started_at > coalesce(
        (select max(started_at) from reconciliations where status = 'done'), '-infinity')`.execute(
      db,
    ),
  ]);
  return { runs, failedAt: failed.rows[0]?.failedAt ?? null };
}

/**
 * One finished run (the newest, unless its id is given) with a page of what it named. Pages go by
 * key within one run, so a run that comes meanwhile moves none. Null when there is no such run.
 */
export async function readReconciliation(
  db: Kysely<DB>,
  _operator: OperatorScope,
  asked: { id?: string | null; after?: number; perPage?: number },
): Promise<{ run: Reconciliation; differences: Difference[]; next: number | null } | null> {
  const { id = null, after = 0, perPage = 50 } = asked;
  if (id !== null && !isUuid(id)) return null;
  const { rows } = await sql<Reconciliation>`${FINISHED}
    and (${id}::uuid is null or id = ${id}::uuid) order by started_at desc limit 1`.execute(db);
  const run = rows[0];
  if (!run) return null;
  const found = await readDifferences(db, { reconciliationId: run.id, after, limit: perPage + 1 });
  const differences = found.slice(0, perPage);
  const next = found.length > perPage ? (differences.at(-1)?.place ?? null) : null;
  return { run, differences, next };
}
