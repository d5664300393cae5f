import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * How many messages one number gets, over all templates. An hour: one note about sales, one about
 * what of them was called off, a question or two, a refund or two; whoever would get more is being shouted at. A day: a note each of the
 * thirteen hours in which notes are sent, and seven others. Providers hold ceilings of their own.
 * Sign-in codes are counted apart (security/code-limits.ts): nothing of ours may use hers up.
 */
const LIMITS = [
  { most: 5, hours: 1 },
  { most: 20, hours: 24 },
];
const HOUR_MS = 3_600_000;

/**
 * When this phone may have one more message; null when it may now. Holds a lock on the phone until
 * the transaction ends, so that two at once do not both take the last place.
 */
export async function roomAt(
  trx: DbTransaction<DB>,
  { messageId, phone, now }: { messageId: string; phone: string; now: Date },
): Promise<Date | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`message:${phone}`}, 0))`.execute(trx);
  const since = new Date(now.getTime() - 24 * HOUR_MS);
  const { rows } = await sql<{ at: Date }>`
    select tried_at as at from messages
    where sent_to = ${phone} and tried_at > ${since} and id <> ${messageId}
    order by tried_at desc`.execute(trx);
  const waits = LIMITS.flatMap(({ most, hours }) => {
    const first = rows[most - 1];
    return first ? [first.at.getTime() + hours * HOUR_MS] : [];
  });
  const at = Math.max(0, ...waits);
  return at > now.getTime() ? new Date(at) : null;
}
