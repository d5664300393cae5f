import type { Kysely } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import { queueJob } from "#app/domain/queue/queue-job.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import { fileKey } from "#app/domain/sheets/file-key.ts";
import { type KeptState, startKept } from "#app/domain/sheets/start-kept.ts";
import type { DB } from "#db/schema.d.ts";
import type { ImportKind } from "./columns.ts";
import type { Verdict } from "./faults.ts";
import { workOf } from "./kinds.ts";
import type { ImportRow } from "./understand.ts";

/**
 * Keeps what was understood of a file, so that what somebody looks at is what is taken; nothing else
 * changes. The same `clientKey` with the same rows again gives the same file's id; other rows are another
 * file (file-key.ts). Locks nothing but the key.
 */
export async function keepImport(
  db: Kysely<DB>,
  scope: CoopScope,
  { clientKey, kind, rows }: { clientKey: string; kind: ImportKind; rows: readonly ImportRow[] },
): Promise<{ importId: string }> {
  const said = JSON.stringify(rows);
  const client_key = fileKey(clientKey, said);
  const own = { cooperative_id: scope.cooperativeId, client_key };
  await db
    .insertInto("imports")
    .values({
      ...{ id: uuidv7(), ...own, kind, rows: said },
      uploaded_by_user_id: scope.userId,
    })
    .onConflict((conflict) => conflict.columns(["cooperative_id", "client_key"]).doNothing())
    .execute();
  const { id } = await db
    .selectFrom("imports")
    .select("id")
    .where("cooperative_id", "=", scope.cooperativeId)
    .where("client_key", "=", client_key)
    .executeTakeFirstOrThrow();
  return { importId: id };
}

export type KeptImport = {
  id: string;
  kind: ImportKind;
  state: KeptState;
  isWhole: boolean | null;
  endedAt: Date | null;
  /** Lines that were gone through. */
  done: number;
  rows: (ImportRow & { verdict: Verdict })[];
};

/**
 * A file of the scope's cooperative, each line as it stands now, or once it was gone through as it
 * stood then; of one that was stopped halfway those alone. Null when unknown or another's. Locks
 * nothing.
 */
export async function readKeptImport(
  db: Kysely<DB>,
  scope: CoopScope,
  importId: string,
  now: Date = new Date(),
): Promise<KeptImport | null> {
  if (!isUuid(importId)) return null;
  const kept = await db
    .selectFrom("imports")
    .select(["id", "kind", "rows", "outcome", "ending"])
    .select(["is_whole as isWhole", "ended_at as endedAt"])
    .where("id", "=", importId)
    .where("cooperative_id", "=", scope.cooperativeId)
    .executeTakeFirst();
  if (!kept) return null;
  const { id, isWhole, endedAt } = kept;
  // Only this folder writes the columns.
  const kind = kept.kind as ImportKind;
  const outcome = kept.outcome as Verdict[];
  const all = kept.rows as ImportRow[];
  const rows = endedAt ? all.slice(0, outcome.length) : all;
  const left = rows.slice(outcome.length);
  const verdicts = [...outcome, ...(await workOf(kind).judge(db, scope, left, now))];
  return {
    ...{ id, kind, isWhole, endedAt, done: outcome.length },
    state: (kept.ending as KeptState | null) ?? (isWhole === null ? "looked-at" : "under-way"),
    rows: rows.map((row, index) => ({ ...row, verdict: verdicts[index] as Verdict })),
  };
}

/**
 * Has the worker take a kept file (take-import.ts): every line or none (`isWhole`), or each that is
 * right by itself. Pressed twice, or by two at once, it is started once, as the first said.
 *
 * Fails with "import-not-found" (or another cooperative's). Locks the file's row.
 */
export async function startImport(
  db: Kysely<DB>,
  scope: CoopScope,
  { importId, isWhole, now = new Date() }: { importId: string; isWhole: boolean; now?: Date },
): Promise<{ ok: true; isNew: boolean } | { ok: false; reason: "import-not-found" }> {
  const key = `take-import:${importId}`;
  const started = await startKept(db, scope, {
    ...{ table: "imports", subject: "import", id: importId, isWhole, now },
    queue: (trx) => queueJob(trx, "take-import", { importId }, { key }),
  });
  return started ? { ok: true, ...started } : { ok: false, reason: "import-not-found" };
}
