import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import type { OperatorScope } from "../scopes.ts";
import { PUBLIC_REVIEW, type PublicReview } from "./public-review.ts";
import type { ReportReason } from "./review-rules.ts";

type Reports = { reason: ReportReason; count: number }[];
type Title = { listingId: string; titleZh: string; titleEn: string };
export type ReportedReview = PublicReview &
  Title & { reports: Reports; firstAt: Date; state: "shown" | "hidden"; version: number };

export type ReviewDecision = {
  action: "review.hidden" | "review.kept";
  by: string;
  at: Date;
  reason: string;
  note: string;
};
export type DecidedReview = Title & ReviewDecision & { id: string; body: string; stars: number };

const COLUMNS = sql`${PUBLIC_REVIEW}, reviews.state, reviews.version,
  reviews.listing_id as "listingId", l.title_zh as "titleZh", l.title_en as "titleEn"`;
const FROM = sql`reviews join order_lines l on l.id = reviews.order_line_id`;
const DECISION = sql`d.action, d.actor_user_id as by, d.created_at as at,
  d.after ->> 'reason' as reason, d.after ->> 'note' as note`;

const reportsOf = (which: ReturnType<typeof sql>) => sql`(
  select coalesce(json_agg(json_build_object('reason', reason, 'count', times) order by times desc, reason), '[]')
  from (select reason, count(*)::int as times from review_reports
    where review_id = reviews.id ${which} group by reason) of_reason)`;

/**
 * Reviews that were reported and nobody has decided about, the one that waits longest first, with
 * how many there are. The scope is proof that an operator asks. Locks nothing.
 */
export async function readReported(
  db: Kysely<DB>,
  _operator: OperatorScope,
  { limit }: { limit: number },
): Promise<{ count: number; rows: ReportedReview[] }> {
  const { rows } = await sql<ReportedReview & { count: number }>`
    with open as (select review_id, min(created_at) as first_at from review_reports
      where decided_at is null group by review_id)
    select ${COLUMNS}, ${reportsOf(sql`and decided_at is null`)} as reports,
      open.first_at as "firstAt", count(*) over ()::int as count
    from open join ${FROM} on reviews.id = open.review_id
    order by open.first_at, reviews.id limit ${limit}`.execute(db);
  return { count: rows[0]?.count ?? 0, rows: rows.map(({ count: _count, ...row }) => row) };
}

/** How many reviews were reported that nobody has decided about. Locks nothing. */
export async function countReported(db: Kysely<DB>, _operator: OperatorScope): Promise<number> {
  const { rows } = await sql<{ open: number }>`select count(distinct review_id)::int as open
    from review_reports where decided_at is null`.execute(db);
  return rows[0]?.open ?? 0;
}

/** What operators decided of reviews last, newest first. Locks nothing. */
export async function readDecided(
  db: Kysely<DB>,
  _operator: OperatorScope,
  { limit }: { limit: number },
): Promise<DecidedReview[]> {
  const { rows } = await sql<DecidedReview>`
    select reviews.id, reviews.body, reviews.stars, reviews.listing_id as "listingId",
      l.title_zh as "titleZh", l.title_en as "titleEn", ${DECISION}
    from audit_log d join reviews on reviews.id = d.subject_id
    join order_lines l on l.id = reviews.order_line_id
    where d.subject_type = 'review' order by d.id desc limit ${limit}`.execute(db);
  return rows;
}

/** One review with all that was reported and decided of it, newest decision first; null of none. */
export async function readReportedReview(
  db: Kysely<DB>,
  _operator: OperatorScope,
  reviewId: string,
): Promise<{ review: Omit<ReportedReview, "firstAt">; decisions: ReviewDecision[] } | null> {
  if (!isUuid(reviewId)) return null;
  const { rows } = await sql<Omit<ReportedReview, "firstAt">>`
    select ${COLUMNS}, ${reportsOf(sql``)} as reports from ${FROM}
    where reviews.id = ${reviewId}`.execute(db);
  const [review] = rows;
  if (!review) return null;
  const decisions = await sql<ReviewDecision>`select ${DECISION} from audit_log d
    where d.subject_type = 'review' and d.subject_id = ${reviewId} order by d.id desc`.execute(db);
  return { review, decisions: decisions.rows };
}
