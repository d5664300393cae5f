import { hostname } from "node:os";
import { type Kysely, sql } from "kysely";
import type { DB } from "./schema.d.ts";

/** What a piece of work rarely takes. */
const PATIENCE_MS = 10_000;

/**
 * A queue that the processes of one machine share: a piece of work starts when no other process here
 * that has the same queue is at one. It spares the machine and guards nothing: when the other takes
 * longer than `patienceMs`, or the database does not answer, the work is done all the same, once.
 *
 * Takes the advisory lock of the queue and the machine's name, on a connection of its own while the
 * work lasts: PostgreSQL gives it back when a process falls over, which a file would not.
 */
export function oneOnMachine(
  db: Kysely<DB>,
  queue: string,
  patienceMs = PATIENCE_MS,
): <T>(work: () => Promise<T>) => Promise<T> {
  const key = `${queue}:${hostname()}`;
  return async (work) => {
    let begun: ReturnType<typeof work> | undefined;
    const once = () => {
      begun ??= work();
      return begun;
    };
    try {
      await db.transaction().execute(async (trx) => {
        await sql`select set_config('lock_timeout', ${String(patienceMs)}, true)`.execute(trx);
        await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
        await once();
      });
    } catch {
      // Whatever went wrong with the queue; what goes wrong with the work is its caller's to hear.
    }
    return once();
  };
}
