import type { Kysely } from "kysely";
import { validate as isUuid } from "uuid";
import { noteAct } from "#app/domain/audit/note-act.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { bounceWithin } from "../bounce-payout.ts";
import { lockPayouts } from "../lock-payouts.ts";
import { judgeAnswers } from "./judge-answers.ts";
import type { AnswerRow } from "./read-answers.ts";
import { isTaken } from "./verdicts.ts";

/**
 * Takes a bank's answers: payouts that came back are bounced as by hand (bounce-payout.ts), those that
 * it paid are noted as paid; every other line changes nothing. Judged once more, as they stand when
 * it is taken, and in one transaction: all of them or none. Taking a file again changes nothing.
 *
 * Fails with "answers-not-found" (or another cooperative's). Locks the cooperative's row (see
 * lock-payouts.ts).
 */
export async function takeAnswers(
  db: Kysely<DB>,
  scope: CoopScope,
  { answersId, now = new Date() }: { answersId: string; now?: Date },
): Promise<{ ok: true; isNew: boolean } | { ok: false; reason: "answers-not-found" }> {
  if (!isUuid(answersId)) return { ok: false, reason: "answers-not-found" };
  return db.transaction().execute(async (trx) => {
    await lockPayouts(trx, scope);
    const kept = await trx
      .selectFrom("payout_answers")
      .select(["rows", "taken_at"])
      .where("id", "=", answersId)
      .where("cooperative_id", "=", scope.cooperativeId)
      .executeTakeFirst();
    if (!kept) return { ok: false, reason: "answers-not-found" };
    if (kept.taken_at) return { ok: true, isNew: false };
    const judged = await judgeAnswers(trx, scope, kept.rows as AnswerRow[]);
    const taken = judged.filter(isTaken);
    const paid = taken.flatMap(({ verdict, payout }) =>
      verdict === "pay" && payout ? [payout.id] : [],
    );
    if (paid.length > 0) {
      const paidNow = trx.updateTable("payouts").set({ bank_paid_at: now });
      await paidNow.where("id", "in", paid).execute();
    }
    for (const { verdict, payout, reason } of taken) {
      if (verdict !== "bounce" || !payout) continue;
      const of = { runId: payout.runId, payoutId: payout.id, reason: reason ?? "other", now };
      const bounced = await bounceWithin(trx, scope, of);
      if (!bounced.ok) throw new Error(`${payout.id} was judged to bounce: ${bounced.reason}`);
    }
    await trx
      .updateTable("payout_answers")
      .set({
        taken_at: now,
        taken_by_user_id: scope.userId,
        outcome: JSON.stringify(judged.map(({ verdict }) => verdict)),
      })
      .where("id", "=", answersId)
      .execute();
    await noteAct(trx, {
      actor: scope.userId,
      action: "payout-answers.taken",
      subject: { type: "payout-answers", id: answersId },
      after: { paid: paid.length, bounced: taken.length - paid.length, lines: judged.length },
    });
    return { ok: true, isNew: true };
  });
}
