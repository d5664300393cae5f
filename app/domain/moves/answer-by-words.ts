import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import { findOpen, readAsked } from "../consents/answer-by-words.ts";
import { queueMessage } from "../messages/queue-message.ts";
import type { ReplyWord } from "../messages/reply-rules.ts";
import { writeAnswer } from "./answer-move.ts";
import { nameForHousehold } from "./tell-household.ts";

type Reply = { phone: string; word: ReplyWord; saidAt: Date };

export type MoveByWords =
  /** `moveId` is what is to be finished (finish-move.ts) once this is written; null for nothing. */
  | { ok: true; moveId: string | null }
  /** Not about a move: it may answer something else. */
  | { ok: false };

type Found = {
  id: string;
  state: string;
  cooperativeId: string;
  isOpen: boolean;
  isLately: boolean;
};

/** So often it may help; then nobody, and no machine, is answered any more. */
const MOST_UNCLEAR = 3;

/**
 * What a phone (E.164) answers by text message to the cooperative that asks its household to come: the
 * word to move or to stay, which mean nothing else, and count from the phone on which the household is
 * asked alone, once a provider had been given the question by the second in which it was said. Whoever says
 * another word while nothing but this waits for her is told how to answer, three times a move at the
 * most. Who says it of a move that is agreed to is told once a day that it stands, and where none is open
 * (refused, too late, taken back) that nothing waits. Another phone is told nothing. Locks the move.
 */
export async function answerMoveByWords(
  trx: Transaction<DB>,
  { phone, word, saidAt }: Reply,
  now: Date,
): Promise<MoveByWords> {
  if (word === "stop" || word === "start") return { ok: false };
  const asked = await readAsked(trx, phone);
  const isOurs = word === "move" || word === "stay";
  if (!asked) return isOurs ? { ok: true, moveId: null } : { ok: false };
  const { householdId, userId } = asked;
  const move = await findMove(trx, householdId, { saidAt, now });
  const to = { householdId };
  if (!isOurs) {
    if (!move?.isOpen || (await findOpen(trx, householdId, saidAt))) return { ok: false };
    await tellUnclear(trx, householdId, move.id);
    return { ok: true, moveId: null };
  }
  const day = shanghaiDay(now);
  const cooperative = move && (await nameForHousehold(trx, move));
  const tell = (template: "move.agreed" | "move.refused" | "move.stands", key: string) =>
    queueMessage(trx, { to, template, params: { cooperative: cooperative ?? "" }, key });
  if (move?.isOpen) {
    const answer = word === "move" ? "agreed" : "refused";
    const given = { moveId: move.id, answer, side: "household", userId, now } as const;
    const answered = await writeAnswer(trx, given, sql`m.household_id = ${householdId}`);
    if (answered.ok) {
      await tell(`move.${answer}`, `move-told:${move.id}`);
      return { ok: true, moveId: answer === "agreed" ? move.id : null };
    }
  }
  const stands = move?.state === "agreed" || (move?.state === "done" && move.isLately);
  if (stands) await tell("move.stands", `move-stands:${move.id}:${day}`);
  else {
    const key = `move-none:${householdId}:${day}`;
    await queueMessage(trx, { to, template: "move.none", params: {}, key });
  }
  return { ok: true, moveId: null };
}

/** The last move that the household was told of by then. */
async function findMove(
  trx: Transaction<DB>,
  householdId: string,
  { saidAt, now }: { saidAt: Date; now: Date },
): Promise<(Found & { householdId: string }) | undefined> {
  const { rows } = await sql<Found & { householdId: string }>`
    select m.id, m.state, m.to_cooperative_id as "cooperativeId", m.household_id as "householdId",
      m.state = 'asked' and m.expires_at > ${now} as "isOpen",
      coalesce(m.ended_at > ${now}::timestamptz - interval '14 days', true) as "isLately"
    from household_moves m join messages s on s.key = 'move.asked:' || m.id
    where m.household_id = ${householdId} and date_trunc('second', s.first_tried_at) <= ${saidAt}
    order by m.created_at desc, m.id desc limit 1 for no key update of m`.execute(trx);
  return rows[0];
}

async function tellUnclear(trx: Transaction<DB>, householdId: string, moveId: string) {
  for (let time = 1; time <= MOST_UNCLEAR; time++) {
    const key = `move-unclear:${moveId}:${time}`;
    const to = { householdId };
    const told = await queueMessage(trx, { to, template: "move.unclear", params: {}, key });
    if (told.isNew) return;
  }
}
