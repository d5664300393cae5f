import type { Kysely } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import type { OperatorScope } from "../scopes.ts";
import { type Decision, MOST_NOTE } from "./review-rules.ts";

export type Decided =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: "review-not-found" | "review-changed" | "note-missing" | "note-too-long" };

/**
 * The operator hides a review or keeps it (also one that was hidden), with a reason; every report of
 * it is answered by that, and the audit log has who, when and why. Only what was looked at is decided:
 * `seenVersion` is the review's. The same decision again changes nothing.
 *
 * Fails with "review-not-found", "review-changed" (its buyer wrote it anew meanwhile), "note-missing"
 * (the reason "other" without a word) and "note-too-long" (200 characters). Locks the review's row,
 * then the sums of its listing, cooperative and households.
 */
export async function decideReview(
  db: Kysely<DB>,
  { userId }: OperatorScope,
  asked: { reviewId: string; seenVersion: number; decision: Decision },
  now: Date = new Date(),
): Promise<Decided> {
  const { reviewId, seenVersion, decision } = asked;
  const note = decision.note.trim();
  if (decision.reason === "other" && note === "") return { ok: false, reason: "note-missing" };
  if ([...note].length > MOST_NOTE) return { ok: false, reason: "note-too-long" };
  if (!isUuid(reviewId)) return { ok: false, reason: "review-not-found" };
  return db.transaction().execute(async (trx): Promise<Decided> => {
    const review = await trx
      .selectFrom("reviews")
      .select(["state", "version", "kept_version"])
      .where("id", "=", reviewId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!review) return { ok: false, reason: "review-not-found" };
    if (review.version !== seenVersion) return { ok: false, reason: "review-changed" };
    const answered = await trx
      .updateTable("review_reports")
      .set({ decided_at: now })
      .where("review_id", "=", reviewId)
      .where("decided_at", "is", null)
      .executeTakeFirst();
    const reports = Number(answered.numUpdatedRows);
    const isDone = decision.hide
      ? review.state === "hidden"
      : review.state === "shown" && review.kept_version === review.version;
    if (isDone && reports === 0) return { ok: true, isNew: false };
    const state = decision.hide ? "hidden" : "shown";
    await trx
      .updateTable("reviews")
      .set({ state, kept_version: decision.hide ? null : review.version })
      .where("id", "=", reviewId)
      .execute();
    await noteAct(trx, {
      ...{ actor: userId, subject: { type: "review", id: reviewId } },
      action: decision.hide ? "review.hidden" : "review.kept",
      before: { state: review.state, version: review.version },
      after: { state, reason: decision.reason, note, reports },
    });
    return { ok: true, isNew: true };
  });
}
