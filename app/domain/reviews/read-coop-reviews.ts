import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import type { CoopScope } from "../scopes.ts";
import { PUBLIC_REVIEW, type PublicReview } from "./public-review.ts";

export type CoopReview = PublicReview & {
  listingId: string;
  titleZh: string;
  titleEn: string;
  /** 0 without an answer. */
  answerVersion: number;
};

type Page = { reviews: CoopReview[]; older: string | null; unanswered: number };

const COLUMNS = sql`${PUBLIC_REVIEW}, reviews.listing_id as "listingId", l.title_zh as "titleZh",
  l.title_en as "titleEn", coalesce(w.version, 0) as "answerVersion"`;
const FROM = sql`reviews join order_lines l on l.id = reviews.order_line_id
  left join review_answers w on w.review_id = reviews.id`;
const isOwn = ({ cooperativeId }: CoopScope) =>
  sql`reviews.cooperative_id = ${cooperativeId} and reviews.state = 'shown'`;

/**
 * What buyers say of what the cooperative sold, newest first, with how many have no answer; `before`
 * is the id of the last review of the page before. Hidden ones are left out. Locks nothing.
 */
export async function readCoopReviews(
  db: Kysely<DB>,
  scope: CoopScope,
  asked: { before: string | null; limit: number; isUnanswered: boolean },
): Promise<Page> {
  const { before, limit } = asked;
  const isOlder = before && isUuid(before) ? sql`and reviews.id < ${before}` : sql``;
  const isOpen = asked.isUnanswered ? sql`and w.review_id is null` : sql``;
  const { rows } = await sql<CoopReview>`select ${COLUMNS} from ${FROM}
    where ${isOwn(scope)} ${isOpen} ${isOlder}
    order by reviews.id desc limit ${limit + 1}`.execute(db);
  const reviews = rows.slice(0, limit);
  const older = rows.length > limit ? (reviews.at(-1)?.id ?? null) : null;
  return { reviews, older, unanswered: await countUnanswered(db, scope) };
}

/** How many reviews of what the cooperative sold have no answer of its. */
export async function countUnanswered(db: Kysely<DB>, scope: CoopScope): Promise<number> {
  const { rows } = await sql<{ open: number }>`select count(*)::int as open from ${FROM}
    where ${isOwn(scope)} and w.review_id is null`.execute(db);
  return rows[0]?.open ?? 0;
}

/** One of them; null for another cooperative's, a hidden one and what is no id. */
export async function readCoopReview(
  db: Kysely<DB>,
  scope: CoopScope,
  reviewId: string,
): Promise<CoopReview | null> {
  if (!isUuid(reviewId)) return null;
  const { rows } = await sql<CoopReview>`select ${COLUMNS} from ${FROM}
    where ${isOwn(scope)} and reviews.id = ${reviewId}`.execute(db);
  return rows[0] ?? null;
}
