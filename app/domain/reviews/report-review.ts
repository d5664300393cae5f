import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import type { BuyerScope } from "../scopes.ts";
import type { ReportReason } from "./review-rules.ts";

export type Reported = { ok: true; isNew: boolean } | { ok: false; reason: "review-not-found" };

/** By which one reporter is told from another: of a browser that nobody is signed in with, itself. */
function reporterKey({ userId, visitorId }: BuyerScope): string {
  const who = userId === null ? `visitor:${visitorId}` : `user:${userId}`;
  return createHash("sha256").update(`report:${who}`).digest("hex");
}

/**
 * Puts a review on the operator's list. One reporter counts once for each review, and so does one
 * form: `key` is a UUID made with it. What the operator has looked at and kept stays off the list
 * until it is written anew. Fails with "review-not-found" (also of one that is hidden). How often
 * somebody may report is held by the page. Locks nothing.
 */
export async function reportReview(
  db: Kysely<DB>,
  reporter: BuyerScope,
  { reviewId, reason, key }: { reviewId: string; reason: ReportReason; key: string },
): Promise<Reported> {
  if (!isUuid(reviewId)) return { ok: false, reason: "review-not-found" };
  const { rows } = await sql<{ isNew: boolean }>`
    with reported as (
      select id, version, kept_version from reviews where id = ${reviewId} and state = 'shown'
    ), noted as (
      insert into review_reports (id, review_id, reporter, reason, review_version, decided_at)
        select ${key}, id, ${reporterKey(reporter)}, ${reason}, version,
          case when kept_version = version then now() end
        from reported on conflict do nothing returning 1
    )
    select exists (select from noted) as "isNew" from reported`.execute(db);
  const [found] = rows;
  return found ? { ok: true, isNew: found.isNew } : { ok: false, reason: "review-not-found" };
}
