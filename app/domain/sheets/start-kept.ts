import { type Kysely, sql, type Transaction } from "kysely";
import { validate as isUuid } from "uuid";
import { noteAct } from "#app/domain/audit/note-act.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

export type KeptState = "looked-at" | "under-way" | "taken" | "refused" | "stopped";

type Asked = {
  table: "imports" | "tracking_files";
  /** What the audit log calls it. */
  subject: "import" | "tracking-file";
  id: string;
  isWhole: boolean;
  now: Date;
  /** Has the worker take it (take-kept.ts). */
  queue: (trx: Transaction<DB>) => Promise<void>;
};

/**
 * Starts a kept file of the scope's cooperative: every line or none (`isWhole`), or each that is right
 * by itself. Pressed twice, or by two at once, it is started once, as the first said; null when unknown
 * or another's. The audit log has who started it and from where: what the worker takes later comes from
 * nowhere. Locks the file's row.
 */
export async function startKept(
  db: Kysely<DB>,
  scope: CoopScope,
  { table, subject, id, isWhole, now, queue }: Asked,
): Promise<{ isNew: boolean } | null> {
  if (!isUuid(id)) return null;
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ isStarted: boolean; lines: number }>`
      select started_at is not null as "isStarted", jsonb_array_length(rows) as lines from ${sql.table(table)}
      where id = ${id} and cooperative_id = ${scope.cooperativeId} for update`.execute(trx);
    const [kept] = rows;
    if (!kept) return null;
    if (kept.isStarted) return { isNew: false };
    await sql`update ${sql.table(table)} set is_whole = ${isWhole}, started_at = ${now},
      started_by_user_id = ${scope.userId} where id = ${id}`.execute(trx);
    await noteAct(trx, {
      ...{ actor: scope.userId, action: `${subject}.started`, subject: { type: subject, id } },
      after: { lines: kept.lines },
    });
    await queue(trx);
    return { isNew: true };
  });
}

const SHOWN = 20;

/** A file that was sent, without its lines. */
export type SentFile = { id: string; state: KeptState; lines: number; sentAt: Date };

/** The files that the scope's cooperative sent last, newest first. Locks nothing. */
export async function readSent<More extends object = object>(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  table: "imports" | "tracking_files",
  more = sql``,
): Promise<(SentFile & More)[]> {
  const { rows } = await sql<SentFile & More>`
    select id, jsonb_array_length(rows) as lines, created_at as "sentAt",
      coalesce(ending, case when started_at is null then 'looked-at' else 'under-way' end) as state
      ${more}
    from ${sql.table(table)} where cooperative_id = ${cooperativeId}
    order by id desc limit ${SHOWN}`.execute(db);
  return rows;
}
