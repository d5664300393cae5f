import { type Transaction as DbTransaction, type Kysely, type RawBuilder, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { Template } from "./templates.ts";

/** At one time; the next time comes in five minutes. */
const MOST_HOUSEHOLDS = 500;
/** A buyer or a manager who thinks better of it does so at once, and what happens comes in bunches. */
const AFTER_MS = 5 * 60_000;
const APART_MS = 60 * 60_000;
/** News so old is not sent any more: an unsent note whose job was lost is not waited for longer. */
const GONE_MS = 2 * 24 * 60 * 60_000;

type Told = {
  /** Where it waits, by household and moment. */
  untold: "untold_sales" | "untold_changes" | "untold_call_offs" | "untold_weigh_ins";
  /** The notes of which one an hour goes out. */
  kind: readonly Template[];
  /** Writes the one note of what waits; whether it did. */
  tell: (trx: DbTransaction<DB>, householdId: string) => Promise<boolean>;
};

/**
 * True of a message `m` that holds the next note of its kind back: an hour counts from when a note
 * went out, however late that was, and one that is still to go out stands before any other. What a
 * household was owed less than an hour ago counts too where it cannot be sent at all: nothing is
 * tried twice an hour.
 */
function holdsBack(kind: readonly Template[], now: Date): RawBuilder<boolean> {
  const anHourAgo = new Date(now.getTime() - APART_MS);
  return sql<boolean>`m.template = any(${kind}::text[]) and (
    m.created_at > ${anHourAgo} or m.sent_at > ${anHourAgo}
    or m.state in ('queued', 'limited') and m.created_at > ${new Date(now.getTime() - GONE_MS)})`;
}

async function readDue(db: Kysely<DB>, { untold, kind }: Told, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select household_id as id from ${sql.table(untold)} u
    where not exists (select from messages m
      where m.household_id = u.household_id and ${holdsBack(kind, now)})
    group by household_id
    having min(created_at) <= ${new Date(now.getTime() - AFTER_MS)}
    order by min(created_at), household_id
    limit ${MOST_HOUSEHOLDS}`.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * Tells households what waits to be told: five minutes after the first of it at the earliest, and
 * never more than one note of its kind an hour, counted from its sending; what comes meanwhile waits
 * for the next. Each household in a transaction of its own, which locks its row before `tell` runs;
 * run again or twice at once, it tells nothing twice.
 */
export async function tellUntold(
  db: Kysely<DB>,
  told: Told,
  now: Date,
): Promise<{ ok: true; households: number }> {
  let households = 0;
  for (const id of await readDue(db, told, now)) {
    const isTold = await db.transaction().execute(async (trx) => {
      await sql`select from households where id = ${id} for no key update`.execute(trx);
      const { rows: recent } = await sql`select from messages m
        where m.household_id = ${id} and ${holdsBack(told.kind, now)} limit 1`.execute(trx);
      return recent.length === 0 && told.tell(trx, id);
    });
    if (isTold) households += 1;
  }
  return { ok: true, households };
}
