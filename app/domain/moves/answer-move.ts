import { type Kysely, sql, type Transaction } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { HAS_PHONE } from "../consents/read-household.ts";
import type { CoopScope, HouseholdScope } from "../scopes.ts";
import { finishMove } from "./finish-move.ts";

export type MoveAnswer = "agreed" | "refused";
export type AnsweredMove =
  | { ok: true; isNew: boolean }
  | {
      ok: false;
      reason:
        | "move-not-found"
        /** Taken back, too late, or answered the other way: what stands, stands. */
        | "over"
        /** Somebody of the household has a phone: it is hers to say. */
        | "households-word";
    };

type Side = "household" | "cooperative";
type Found = { state: string; expiresAt: Date; answeredBySide: Side | null; hasPhone: boolean };

/** Writes an answer down for whoever has looked that it is hers; as answerAsHousehold, but finishes nothing. Locks the move. */
export async function writeAnswer(
  trx: Transaction<DB>,
  { moveId, answer, side, userId, now }: Given & { side: Side; userId: string; now: Date },
  mine: ReturnType<typeof sql>,
): Promise<AnsweredMove> {
  const { rows } = await sql<Found>`
    select m.state, m.expires_at as "expiresAt", m.answered_by_side as "answeredBySide",
      ${HAS_PHONE} as "hasPhone"
    from household_moves m join households h on h.id = m.household_id
    where m.id = ${moveId} and ${mine} for no key update of m`.execute(trx);
  const [found] = rows;
  if (!found) return { ok: false, reason: "move-not-found" };
  const { state } = found;
  const isSame = state === answer || (state === "done" && answer === "agreed");
  if (isSame && found.answeredBySide === side) return { ok: true, isNew: false };
  if (state !== "asked" || found.expiresAt <= now) return { ok: false, reason: "over" };
  if (side === "cooperative" && found.hasPhone) return { ok: false, reason: "households-word" };
  await trx
    .updateTable("household_moves")
    .set({ state: answer, answered_by_side: side, answered_by: userId, answered_at: now })
    .set({ ended_at: answer === "refused" ? now : null })
    .where("id", "=", moveId)
    .execute();
  await noteAct(trx, {
    ...{ actor: userId, action: `household-move.${answer}` },
    ...{ before: { state }, after: { state: answer } },
    subject: { type: "household-move", id: moveId },
  });
  return { ok: true, isNew: true };
}

type Given = { moveId: string; answer: MoveAnswer };

async function answer(
  db: Kysely<DB>,
  given: Given & { side: Side; userId: string; now: Date },
  mine: ReturnType<typeof sql>,
): Promise<AnsweredMove> {
  if (!isUuid(given.moveId)) return { ok: false, reason: "move-not-found" };
  const answered = await db.transaction().execute((trx) => writeAnswer(trx, given, mine));
  if (answered.ok && given.answer === "agreed") {
    await finishMove(db, { moveId: given.moveId, now: given.now });
  }
  return answered;
}

/**
 * The household's own answer to the cooperative that asks it to come. Agreed takes what it has on sale off
 * sale, and it moves as soon as nothing stands in the way (finish-move.ts). The same answer again changes
 * nothing (`isNew: false`). Fails with `move-not-found` (also for another household's) and `over`. Locks
 * the move.
 */
export const answerAsHousehold = (
  db: Kysely<DB>,
  { householdId, userId }: HouseholdScope,
  given: Given & { now?: Date },
): Promise<AnsweredMove> =>
  answer(
    db,
    { ...given, side: "household", userId, now: given.now ?? new Date() },
    sql`m.household_id = ${householdId}`,
  );

/**
 * The answer of the cooperative that has the household, for one of which nobody has a phone here. As
 * answerAsHousehold, and fails with `households-word` where somebody has.
 */
export const answerAsCooperative = (
  db: Kysely<DB>,
  { cooperativeId, userId }: CoopScope,
  given: Given & { now?: Date },
): Promise<AnsweredMove> =>
  answer(
    db,
    { ...given, side: "cooperative", userId, now: given.now ?? new Date() },
    sql`m.from_cooperative_id = ${cooperativeId}`,
  );
