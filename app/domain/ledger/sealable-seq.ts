import { setTimeout as sleep } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

const POLL_MS = 50;
const PATIENCE_MS = 60_000;

export type Waiting = { pause?: () => Promise<unknown>; patienceMs?: number };

/** The transactions that may hold a seq they have not committed: whoever inserts holds this lock. */
async function openWriters(db: Kysely<DB>): Promise<string[]> {
  const { rows } = await sql<{ writer: string }>`
    select virtualtransaction as writer from pg_locks
    where locktype = 'relation' and relation = 'public.ledger_transactions'::regclass
      and database = (select oid from pg_database where datname = current_database())
      and mode = 'RowExclusiveLock' and granted`.execute(db);
  return rows.map((row) => row.writer);
}

/**
 * The highest seq below which nothing can appear any more; 0 for an empty ledger, null when a
 * writer stayed open longer than `patienceMs` (a minute).
 *
 * A seq is given out at the insert and seen at the commit, so 8 may be seen before 7. PostgreSQL
 * takes the table's lock before it evaluates the row, and holds it to the end: whoever has a seq
 * below the highest one seen now has ended, or stands among the lock's holders now. When those
 * have gone, all is seen; who comes later gets a higher seq. So index builds wait for writers too
 * (CREATE INDEX CONCURRENTLY). No writer ever waits for this. `db` must be no transaction.
 */
export async function readSealableSeq(
  db: Kysely<DB>,
  { pause = () => sleep(POLL_MS), patienceMs = PATIENCE_MS }: Waiting = {},
): Promise<number | null> {
  const { seq } = await db
    .selectFrom("ledger_transactions")
    .select(sql<number>`coalesce(max(seq), 0)`.as("seq"))
    .executeTakeFirstOrThrow();
  let awaited = await openWriters(db);
  const giveUpAt = Date.now() + patienceMs;
  while (awaited.length > 0) {
    if (Date.now() > giveUpAt) return null;
    await pause();
    const open = await openWriters(db);
    awaited = awaited.filter((writer) => open.includes(writer));
  }
  return seq;
}
