import { setTimeout as sleep } from "node:timers/promises";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

const PATIENCE_MS = 15_000;

/**
 * Waits until `waiters` connections stand in front of a lock; throws when they never do. `db` must
 * not be inside a transaction: there PostgreSQL keeps showing its first look at the others.
 */
export async function waitUntilBlocked(
  db: Kysely<DB>,
  waiters: number | (() => number),
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const { rows } = await sql<{ waiting: number }>`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    const wanted = typeof waiters === "number" ? waiters : waiters();
    if ((rows[0]?.waiting ?? 0) >= wanted) return;
    if (performance.now() > end) {
      throw new Error(`only ${rows[0]?.waiting} of ${wanted} ran into the lock`);
    }
    await sleep(10);
  }
}

/**
 * Forces a race: takes a lock, starts the contenders, waits until `waiters` of them stand in
 * front of it, and lets them all go at once. Throws when they never come, so that a race that
 * did not happen cannot pass for one that was won.
 */
export async function raceBehind<Result>(
  db: Kysely<DB>,
  lock: RawBuilder<unknown>,
  waiters: number,
  contenders: (() => Promise<Result>)[],
): Promise<Result[]> {
  let running: Promise<Result>[] = [];
  await db.transaction().execute(async (trx) => {
    await lock.execute(trx);
    running = contenders.map((contender) => contender());
    for (const contender of running) contender.catch(() => {});
    await waitUntilBlocked(db, waiters);
  });
  return Promise.all(running);
}

/** The lock of the races for stock. */
export const lockLots = (ids: readonly string[]) =>
  sql`select id from lots where id = any(${[...ids]}::uuid[]) order by id for update`;
