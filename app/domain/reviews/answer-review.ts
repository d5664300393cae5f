import type { Kysely } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import type { CoopScope } from "../scopes.ts";
import { answerProblem } from "./review-rules.ts";
import { tidyWords, type WordsProblem } from "./words-rule.ts";

export type Answered =
  | { ok: true; isChanged: boolean }
  | { ok: false; reason: "answer-invalid"; problem: WordsProblem | "required" }
  | { ok: false; reason: "review-not-found" | "answer-changed" };

/**
 * The cooperative's one answer to a review of what it sold, or that answer written anew. The same
 * words again change nothing. `seenVersion` is the answer's that the form showed, 0 of none.
 *
 * Fails with "answer-invalid" (see words-rule.ts), "review-not-found" (another cooperative's, or
 * hidden) and "answer-changed" (somebody else of it wrote another meanwhile). Locks the review's row.
 */
export async function answerReview(
  db: Kysely<DB>,
  { userId, cooperativeId }: CoopScope,
  asked: { reviewId: string; body: string; seenVersion: number },
  now: Date = new Date(),
): Promise<Answered> {
  const { reviewId, seenVersion } = asked;
  const body = tidyWords(asked.body);
  const problem = answerProblem(body);
  if (problem) return { ok: false, reason: "answer-invalid", problem };
  if (!isUuid(reviewId)) return { ok: false, reason: "review-not-found" };
  return db.transaction().execute(async (trx): Promise<Answered> => {
    const review = await trx
      .selectFrom("reviews")
      .select("id")
      .where("id", "=", reviewId)
      .where("cooperative_id", "=", cooperativeId)
      .where("state", "=", "shown")
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!review) return { ok: false, reason: "review-not-found" };
    const before = await trx
      .selectFrom("review_answers")
      .select(["body", "version"])
      .where("review_id", "=", reviewId)
      .executeTakeFirst();
    if (before?.body === body) return { ok: true, isChanged: false };
    if ((before?.version ?? 0) !== seenVersion) return { ok: false, reason: "answer-changed" };
    await trx
      .insertInto("review_answers")
      .values({ review_id: reviewId, body, answered_by: userId, created_at: now })
      .onConflict((conflict) =>
        conflict.column("review_id").doUpdateSet({
          ...{ body, answered_by: userId, edited_at: now, version: seenVersion + 1 },
        }),
      )
      .execute();
    return { ok: true, isChanged: true };
  });
}
