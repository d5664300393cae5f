import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { AnswerRow, RunRow } from "./read-answers.ts";

type Item = { run: string; payoutId: string; fen: number };

/** The payouts of the scope's runs with these numbers; of another cooperative's run none. */
async function findItems(db: Kysely<DB>, scope: CoopScope, runs: string[]) {
  const { rows } = await sql<Item>`
    select run.number as run, o.id as "payoutId", o.fen from payout_runs run
    join payouts o on o.payout_run_id = run.id
    join relief_accounts relief on relief.id = o.relief_account_id
    where run.cooperative_id = ${scope.cooperativeId} and run.number = any(${runs})
    order by run.number, relief.code`.execute(db);
  return Map.groupBy(rows, ({ run }) => run);
}

const understood = ({ status, said, code, reason }: RunRow) => ({ status, said, code, reason });

/** What is said of a run nobody knows, or of another count or sum than it has, is one line that is wrong. */
function wrongOf(whole: RunRow, items: Item[]): AnswerRow | null {
  const sumFen = items.reduce((sum, { fen }) => sum + fen, 0);
  const differs =
    (whole.count !== null && whole.count !== items.length) ||
    (whole.sumFen !== null && whole.sumFen !== sumFen);
  if (items.length > 0 && !differs) return null;
  const item = { runNumber: whole.run, reliefCode: "" };
  const fault = items.length > 0 ? ("sum-differs" as const) : null;
  return { ...understood(whole), line: 0, item, runNumber: null, fen: null, fault };
}

/**
 * Puts in the place of what a bank says of a whole run a line for each of the run's payouts of which it
 * says nothing by itself; where it says of one that it was paid and of all that they came back, or the
 * other way round, both stand, and contradict each other (judge-answers.ts). Lines are numbered anew.
 * Locks nothing.
 */
export async function expandRuns(
  db: Kysely<DB>,
  scope: CoopScope,
  rows: readonly (AnswerRow | RunRow)[],
): Promise<AnswerRow[]> {
  const wholes = rows.filter((row) => "run" in row);
  if (wholes.length === 0) return rows as AnswerRow[];
  const items = await findItems(db, scope, [...new Set(wholes.map(({ run }) => run))]);
  const said = new Map<string, Set<AnswerRow["status"]>>();
  const note = (payoutId: string, status: AnswerRow["status"]) =>
    said.set(payoutId, (said.get(payoutId) ?? new Set()).add(status));
  for (const row of rows) {
    if (!("run" in row) && row.item && "payoutId" in row.item) note(row.item.payoutId, row.status);
  }
  const expanded = rows.flatMap((row): AnswerRow[] => {
    if (!("run" in row)) return [row];
    const own = items.get(row.run) ?? [];
    const wrong = wrongOf(row, own);
    if (wrong) return [wrong];
    return own.flatMap(({ payoutId, fen }): AnswerRow[] => {
      const before = said.get(payoutId);
      // What is only under way says no more than a transfer's own line does.
      if (before && (row.status === "pending" || before.has(row.status))) return [];
      note(payoutId, row.status);
      const rest = { item: { payoutId }, runNumber: row.run, fen, fault: null };
      return [{ line: 0, ...understood(row), ...rest }];
    });
  });
  return expanded.map((row, index) => ({ ...row, line: index + 1 }));
}
