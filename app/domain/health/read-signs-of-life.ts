import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/** The worker writes every five seconds; four missed beats and it is taken for dead. */
const WORKER_SILENT_S = 20;

/** Asks the database whether it answers, and in the same breath whether the worker lives. Throws if not. */
export async function readSignsOfLife(db: Kysely<DB>): Promise<{ isWorkerAlive: boolean }> {
  const { rows } = await sql<{ alive: boolean }>`select exists (
    select from heartbeats where name = 'worker'
      and beat_at > now() - make_interval(secs => ${WORKER_SILENT_S})) as alive`.execute(db);
  return { isWorkerAlive: rows[0]?.alive ?? false };
}
