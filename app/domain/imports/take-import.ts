import { type Kysely, sql, type Transaction } from "kysely";
import { noteAct } from "#app/domain/audit/note-act.ts";
import { coopRightsOf } from "#app/domain/people/coop-rights.ts";
import { readRoles } from "#app/domain/people/read-roles.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { ImportKind } from "./columns.ts";
import type { Verdict } from "./faults.ts";
import { workOf } from "./kinds.ts";
import type { ImportRow } from "./understand.ts";

type Started = {
  kind: ImportKind;
  cooperativeId: string;
  userId: string;
  isWhole: boolean;
  rows: ImportRow[];
  done: number;
};
type Ending = "taken" | "refused" | "stopped";

/** Some line is wrong where all were to be taken: what was written is taken back. */
class NotWhole extends Error {
  verdicts: Verdict[];
  constructor(verdicts: Verdict[]) {
    super("a line of the file is wrong");
    this.verdicts = verdicts;
  }
}

/** The file that is under way, locked against another worker; undefined when there is nothing to do. */
async function lockStarted(trx: Transaction<DB>, importId: string): Promise<Started | undefined> {
  const { rows } = await sql<Started>`
    select kind, cooperative_id as "cooperativeId", started_by_user_id as "userId",
      is_whole as "isWhole", jsonb_array_length(outcome) as done, rows
    from imports where id = ${importId} and started_at is not null and ended_at is null
    for update`.execute(trx);
  return rows[0];
}

/** Whoever started it, as long as she may sell for that cooperative's households still. */
async function proveScope(db: Kysely<DB>, { userId, cooperativeId }: Started) {
  const { cooperative } = await readRoles(db, userId);
  const isHers = cooperative?.cooperativeId === cooperativeId;
  const may = isHers && coopRightsOf[cooperative.role].includes("sell");
  return may ? ({ userId, cooperativeId } as CoopScope) : null;
}

async function noteOutcome(trx: Transaction<DB>, importId: string, verdicts: readonly Verdict[]) {
  await sql`update imports set outcome = outcome || ${JSON.stringify(verdicts)}::jsonb
    where id = ${importId}`.execute(trx);
}

/** Closes the file, and writes into the audit log who had it taken and how many lines were. */
async function end(
  trx: Transaction<DB>,
  importId: string,
  { ending, now, userId }: { ending: Ending; now: Date; userId: string },
): Promise<void> {
  const { rows } = await sql<{ taken: number; lines: number }>`
    update imports set ending = ${ending}, ended_at = ${now} where id = ${importId}
    returning jsonb_array_length(rows) as lines,
      (select count(*)::int from jsonb_array_elements(outcome) o
        where o ->> 'verdict' = 'take') as taken`.execute(trx);
  const { taken = 0, lines = 0 } = rows[0] ?? {};
  await noteAct(trx, {
    ...{ actor: userId, action: `import.${ending}`, subject: { type: "import", id: importId } },
    after: { taken: ending === "refused" ? 0 : taken, lines },
  });
}

/** One step on: some lines, or all of them; whether there is more to do. */
async function step(db: Kysely<DB>, importId: string, now: Date): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const started = await lockStarted(trx, importId);
    if (!started) return false;
    const { kind, isWhole, rows, done, userId } = started;
    const scope = await proveScope(trx, started);
    if (!scope) {
      await end(trx, importId, { ending: "stopped", now, userId });
      return false;
    }
    const { atOnce, take } = workOf(kind);
    const some = rows.slice(done, isWhole ? rows.length : done + atOnce);
    const verdicts = await take(trx, scope, some, now);
    if (isWhole && verdicts.some(({ verdict }) => verdict === "wrong"))
      throw new NotWhole(verdicts);
    await noteOutcome(trx, importId, verdicts);
    if (done + some.length < rows.length) return true;
    await end(trx, importId, { ending: "taken", now, userId });
    return false;
  });
}

/**
 * Takes a file that somebody has started: all its lines in one transaction or none, or so many at
 * once, each that is right. What was taken is noted with it, so that cut off halfway it goes on
 * behind that, and a second run, also at the same time, changes nothing. When whoever started it
 * may not sell for the households any more, it stops there.
 *
 * Locks the file's row, then what its kind locks.
 */
export async function takeImport(
  db: Kysely<DB>,
  { importId, now = new Date() }: { importId: string; now?: Date },
): Promise<void> {
  try {
    while (await step(db, importId, now));
  } catch (error) {
    if (!(error instanceof NotWhole)) throw error;
    await db.transaction().execute(async (trx) => {
      const started = await lockStarted(trx, importId);
      if (!started) return;
      await noteOutcome(trx, importId, error.verdicts);
      await end(trx, importId, { ending: "refused", now, userId: started.userId });
    });
  }
}
