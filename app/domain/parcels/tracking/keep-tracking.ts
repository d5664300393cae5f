import type { Kysely } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import { queueJob } from "#app/domain/queue/queue-job.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import { fileKey } from "#app/domain/sheets/file-key.ts";
import { type KeptState, startKept } from "#app/domain/sheets/start-kept.ts";
import type { DB } from "#db/schema.d.ts";
import { compareRows, judgeTracking } from "./judge-tracking.ts";
import type { TrackingRow } from "./read-tracking.ts";
import { takeTracking } from "./take-tracking.ts";
import type { JudgedRow, TrackingVerdict } from "./verdicts.ts";

/**
 * Keeps what was understood of a table of tracking numbers, so that what somebody looks at is what is
 * taken; no parcel changes. The same `clientKey` with the same rows again gives the same file's id;
 * other rows are another file (file-key.ts). Locks nothing but the key.
 */
export async function keepTracking(
  db: Kysely<DB>,
  scope: CoopScope,
  { clientKey, rows }: { clientKey: string; rows: TrackingRow[] },
): Promise<{ fileId: string }> {
  const said = JSON.stringify(rows);
  const client_key = fileKey(clientKey, said);
  const own = { cooperative_id: scope.cooperativeId, client_key };
  const kept = { uploaded_by_user_id: scope.userId, rows: said };
  await db
    .insertInto("tracking_files")
    .values({ id: uuidv7(), ...own, ...kept })
    .onConflict((conflict) => conflict.columns(["cooperative_id", "client_key"]).doNothing())
    .execute();
  const { id } = await db
    .selectFrom("tracking_files")
    .select("id")
    .where("cooperative_id", "=", scope.cooperativeId)
    .where("client_key", "=", client_key)
    .executeTakeFirstOrThrow();
  return { fileId: id };
}

export type KeptTracking = {
  id: string;
  state: KeptState;
  isWhole: boolean | null;
  endedAt: Date | null;
  /** Lines that were gone through. */
  done: number;
  rows: JudgedRow[];
};

/**
 * A table of the scope's cooperative, each line as it stands now, or once it was gone through as it
 * stood then; of one that was stopped halfway those alone. Null when unknown or another's. Locks
 * nothing.
 */
export async function readKeptTracking(
  db: Kysely<DB>,
  scope: CoopScope,
  fileId: string,
): Promise<KeptTracking | null> {
  if (!isUuid(fileId)) return null;
  const kept = await db
    .selectFrom("tracking_files")
    .select(["id", "rows", "outcome", "ending", "is_whole as isWhole", "ended_at as endedAt"])
    .where("id", "=", fileId)
    .where("cooperative_id", "=", scope.cooperativeId)
    .executeTakeFirst();
  if (!kept) return null;
  const { id, isWhole, endedAt } = kept;
  // Only this folder writes the columns.
  const then = kept.outcome as TrackingVerdict[];
  const all = compareRows(kept.rows as TrackingRow[]);
  const now = await judgeTracking(db, scope, endedAt ? all.slice(0, then.length) : all);
  return {
    ...{ id, isWhole, endedAt, done: then.length },
    state: (kept.ending as KeptState | null) ?? (isWhole === null ? "looked-at" : "under-way"),
    rows: now.map((row, index) => ({ ...row, verdict: then[index] ?? row.verdict })),
  };
}

/** So many lines are there while somebody waits for the page: no worker need be asked for. */
const AT_HAND = 500;

/**
 * Starts a kept table: the worker takes it (take-tracking.ts), all its lines or none (`isWhole`), or
 * each that is right; one of no more lines than a busy day has is taken at once, and the worker finds
 * it done. Pressed twice, or by two at once, it is started once, as the first said.
 *
 * Fails with "file-not-found" (or another cooperative's). Locks the file's row, then what is shipped.
 */
export async function startTracking(
  db: Kysely<DB>,
  scope: CoopScope,
  { fileId, isWhole, now = new Date() }: { fileId: string; isWhole: boolean; now?: Date },
): Promise<{ ok: true; isNew: boolean } | { ok: false; reason: "file-not-found" }> {
  const key = `take-tracking:${fileId}`;
  const started = await startKept(db, scope, {
    ...{ table: "tracking_files", subject: "tracking-file", id: fileId, isWhole, now },
    queue: (trx) => queueJob(trx, "take-tracking", { fileId }, { key }),
  });
  if (!started) return { ok: false, reason: "file-not-found" };
  await takeTracking(db, { fileId, now, mostLines: AT_HAND });
  return { ok: true, ...started };
}
