import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import { noteAct } from "#app/domain/audit/note-act.ts";
import { type CoopRight, coopRightsOf } from "#app/domain/people/coop-rights.ts";
import { readRoles } from "#app/domain/people/read-roles.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** How the lines of a table that somebody looked at are taken. */
export type Taking<Row, Verdict> = {
  table: "imports" | "tracking_files";
  /** What the audit log calls it. */
  subject: "import" | "tracking-file";
  /** Of a verdict `o` as jsonb: whether its line was taken; and what the log calls such lines. */
  isTaken: RawBuilder<boolean>;
  counted: "taken" | "shipped";
  /** Whoever starts it has it, and keeps it while it goes on. */
  right: CoopRight;
  /** So many lines are taken in one transaction: what is locked by them is soon free again. */
  atOnce: number;
  isWrong(verdict: Verdict): boolean;
  /** What is to be known of a line from all others of the table. */
  readAll?(rows: Row[]): Row[];
  take(trx: Transaction<DB>, scope: CoopScope, rows: readonly Row[], now: Date): Promise<Verdict[]>;
};

type Started = { cooperativeId: string; userId: string; isWhole: boolean; done: number };
type Ending = "taken" | "refused" | "stopped";

/** Some line is wrong where all were to be taken: what was written is taken back. */
class NotWhole<Verdict> extends Error {
  verdicts: Verdict[];
  constructor(verdicts: Verdict[]) {
    super("a line of the file is wrong");
    this.verdicts = verdicts;
  }
}

/** The lines of a file that is under way, which nobody ever changes; null when there is nothing to do. */
async function readStarted<Row>(db: Kysely<DB>, table: string, id: string) {
  const { rows } = await sql<{ rows: Row[] }>`select rows from ${sql.table(table)}
    where id = ${id} and started_at is not null and ended_at is null`.execute(db);
  return rows[0]?.rows ?? null;
}

/** The file that is under way, locked against another worker; undefined when there is nothing to do. */
async function lockStarted(trx: Transaction<DB>, table: string, id: string) {
  const { rows } = await sql<Started>`
    select cooperative_id as "cooperativeId", started_by_user_id as "userId",
      is_whole as "isWhole", jsonb_array_length(outcome) as done
    from ${sql.table(table)} where id = ${id} and started_at is not null and ended_at is null
    for update`.execute(trx);
  return rows[0];
}

/** Whoever started it, as long as she may do that for that cooperative still. */
async function proveScope(
  db: Kysely<DB>,
  { userId, cooperativeId }: Started,
  right: CoopRight,
): Promise<CoopScope | null> {
  const { cooperative } = await readRoles(db, userId);
  const isHers = cooperative?.cooperativeId === cooperativeId;
  const may = isHers && coopRightsOf[cooperative.role].includes(right);
  return may ? ({ userId, cooperativeId } as CoopScope) : null;
}

async function noteOutcome(
  trx: Transaction<DB>,
  { table, id, verdicts }: { table: string; id: string; verdicts: readonly unknown[] },
) {
  await sql`update ${sql.table(table)} set outcome = outcome || ${JSON.stringify(verdicts)}::jsonb
    where id = ${id}`.execute(trx);
}

/** Closes the file, and writes into the audit log who had it taken and how many lines were. */
async function end<Row, Verdict>(
  trx: Transaction<DB>,
  { table, subject, isTaken, counted }: Taking<Row, Verdict>,
  { id, ending, now, userId }: { id: string; ending: Ending; now: Date; userId: string },
): Promise<void> {
  const { rows } = await sql<{ taken: number; lines: number }>`
    update ${sql.table(table)} set ending = ${ending}, ended_at = ${now} where id = ${id}
    returning jsonb_array_length(rows) as lines,
      (select count(*)::int from jsonb_array_elements(outcome) o where ${isTaken}) as taken`.execute(
    trx,
  );
  const { taken = 0, lines = 0 } = rows[0] ?? {};
  await noteAct(trx, {
    ...{ actor: userId, action: `${subject}.${ending}`, subject: { type: subject, id } },
    after: { [counted]: ending === "refused" ? 0 : taken, lines },
  });
}

/**
 * Takes a file that somebody has started: all its lines in one transaction or none, or so many at
 * once, each that is right. What was taken is noted with it, so that cut off halfway it goes on
 * behind that, and a second run, also at the same time, changes nothing. When whoever started it
 * has not its right any more, it stops there. One of more than `mostLines` is left as it is.
 *
 * Locks the file's row, then what `take` locks.
 */
export async function takeKept<Row, Verdict>(
  db: Kysely<DB>,
  { id, now, mostLines }: { id: string; now: Date; mostLines?: number },
  taking: Taking<Row, Verdict>,
): Promise<void> {
  const { table, right, atOnce, isWrong } = taking;
  const kept = await readStarted<Row>(db, table, id);
  if (!kept || kept.length > (mostLines ?? kept.length)) return;
  const rows = taking.readAll?.(kept) ?? kept;

  /** One step on: some lines, or all of them; whether there is more to do. */
  const step = () =>
    db.transaction().execute(async (trx) => {
      const started = await lockStarted(trx, table, id);
      if (!started) return false;
      const { isWhole, done, userId } = started;
      const scope = await proveScope(trx, started, right);
      if (!scope) {
        await end(trx, taking, { id, ending: "stopped", now, userId });
        return false;
      }
      const some = rows.slice(done, isWhole ? rows.length : done + atOnce);
      const verdicts = await taking.take(trx, scope, some, now);
      if (isWhole && verdicts.some(isWrong)) throw new NotWhole(verdicts);
      await noteOutcome(trx, { table, id, verdicts });
      if (done + some.length < rows.length) return true;
      await end(trx, taking, { id, ending: "taken", now, userId });
      return false;
    });

  try {
    while (await step());
  } catch (error) {
    if (!(error instanceof NotWhole)) throw error;
    await db.transaction().execute(async (trx) => {
      const started = await lockStarted(trx, table, id);
      if (!started) return;
      await noteOutcome(trx, { table, id, verdicts: error.verdicts });
      await end(trx, taking, { id, ending: "refused", now, userId: started.userId });
    });
  }
}
