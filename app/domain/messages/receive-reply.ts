import { type Kysely, sql } from "kysely";
import { answerByWords } from "#app/domain/consents/answer-by-words.ts";
import { answerMoveByWords } from "#app/domain/moves/answer-by-words.ts";
import { finishMove } from "#app/domain/moves/finish-move.ts";
import type { SmsReply } from "#app/gateways/sms-callbacks.ts";
import type { DB } from "#db/schema.d.ts";
import { type ReplyWord, readWord } from "./reply-rules.ts";

/**
 * Takes in what somebody answered to a text message: 退订, T or STOP ends the notes about sales to
 * that phone, 恢复 or START lets them come again; the word said last counts, in whatever order the
 * answers come. Yes and no answer the open question about what was listed for the household
 * (domain/consents/answer-by-words.ts), and two words of their own whether it moves to the cooperative that
 * asks it (domain/moves/answer-by-words.ts). Only the word that was understood is kept, never the text.
 * The same answer again has no effect (`isNew: false`): it cannot meet the next question. Writes in
 * one transaction; locks the phone's row of stops, or the consent and its listing, or the move, which is finished after it
 * (finish-move.ts).
 */
export async function receiveReply(
  db: Kysely<DB>,
  { id, from, text, saidAt }: SmsReply,
  now: Date = new Date(),
): Promise<{ ok: true; isNew: boolean; word: ReplyWord }> {
  const word = readWord(text);
  const { moveId, ...taken } = await db.transaction().execute(async (trx) => {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto("message_replies")
      .values({ id, phone: from, word, said_at: saidAt })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .executeTakeFirstOrThrow();
    const isNew = numInsertedOrUpdatedRows === 1n;
    if (isNew && (word === "stop" || word === "start")) {
      await sql`
        insert into message_stops as known (phone, is_stopped, said_at)
        values (${from}, ${word === "stop"}, ${saidAt})
        on conflict (phone) do update set is_stopped = excluded.is_stopped,
          said_at = excluded.said_at
          where excluded.said_at > known.said_at
            or (excluded.said_at = known.said_at and excluded.is_stopped)`.execute(trx);
    } else if (isNew) {
      const reply = { phone: from, word, saidAt };
      const moved = await answerMoveByWords(trx, reply, now);
      if (moved.ok) return { ok: true as const, isNew, word, moveId: moved.moveId };
      await answerByWords(trx, reply, now);
    }
    return { ok: true as const, isNew, word, moveId: null };
  });
  if (moveId) await finishMove(db, { moveId, now });
  return taken;
}
