import type { Kysely } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import { fileKey } from "#app/domain/sheets/file-key.ts";
import type { DB } from "#db/schema.d.ts";
import { expandRuns } from "./expand-runs.ts";
import { judgeAnswers } from "./judge-answers.ts";
import type { AnswerRow, RunRow } from "./read-answers.ts";
import type { Judged } from "./verdicts.ts";

/**
 * Keeps what was understood of a bank's answers, so that what somebody looks at is what is taken; no
 * payout changes. What is said of a whole run is kept of each of its payouts. The same `clientKey` with the same rows again gives the same file's id; other rows
 * are another file, which is looked at before it is taken as any is. Locks nothing but the key.
 */
export async function keepAnswers(
  db: Kysely<DB>,
  scope: CoopScope,
  { clientKey, rows }: { clientKey: string; rows: readonly (AnswerRow | RunRow)[] },
): Promise<{ answersId: string }> {
  const said = JSON.stringify(await expandRuns(db, scope, rows));
  const client_key = fileKey(clientKey, said);
  const own = { cooperative_id: scope.cooperativeId, client_key };
  await db
    .insertInto("payout_answers")
    .values({
      ...{ id: uuidv7(), ...own, uploaded_by_user_id: scope.userId },
      rows: said,
    })
    .onConflict((conflict) => conflict.columns(["cooperative_id", "client_key"]).doNothing())
    .execute();
  const { id } = await db
    .selectFrom("payout_answers")
    .select("id")
    .where("cooperative_id", "=", scope.cooperativeId)
    .where("client_key", "=", client_key)
    .executeTakeFirstOrThrow();
  return { answersId: id };
}

export type KeptAnswers = {
  id: string;
  sentAt: Date;
  takenAt: Date | null;
  /** As they stand now; once the file is taken, as they stood then. */
  rows: Judged[];
};

/** A bank's answers of the scope's cooperative; null when unknown or another's. Locks nothing. */
export async function readKeptAnswers(
  db: Kysely<DB>,
  scope: CoopScope,
  answersId: string,
): Promise<KeptAnswers | null> {
  if (!isUuid(answersId)) return null;
  const kept = await db
    .selectFrom("payout_answers")
    .select(["id", "rows", "outcome", "taken_at as takenAt", "created_at as sentAt"])
    .where("id", "=", answersId)
    .where("cooperative_id", "=", scope.cooperativeId)
    .executeTakeFirst();
  if (!kept) return null;
  const { id, sentAt, takenAt } = kept;
  // Only this folder writes the columns.
  const now = await judgeAnswers(db, scope, kept.rows as AnswerRow[]);
  const then = kept.outcome as Judged["verdict"][] | null;
  const rows = now.map((row, index) => ({ ...row, verdict: then?.[index] ?? row.verdict }));
  return { id, sentAt, takenAt, rows };
}
