import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { PUBLIC_REVIEW, type PublicReview } from "./public-review.ts";
import { type Rating, readRating } from "./read-rating.ts";

export type ListingReviews = {
  rating: Rating | null;
  reviews: PublicReview[];
  /** The `before` of the next page; null on the last. */
  older: string | null;
};

/**
 * What buyers say of a listing, newest first, `limit` a page, and what they give it on average.
 * `before` is the id of the last review of the page before; what is no id counts as not said. Goes
 * by the index of each listing's reviews. Locks nothing.
 */
export async function readReviews(
  db: Kysely<DB>,
  listingId: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<ListingReviews> {
  const isOlder = before && isUuid(before) ? sql`and reviews.id < ${before}` : sql``;
  const found = sql<PublicReview>`select ${PUBLIC_REVIEW} from reviews
    where reviews.listing_id = ${listingId} and reviews.state = 'shown' ${isOlder}
    order by reviews.id desc limit ${limit + 1}`;
  const [rating, { rows }] = await Promise.all([
    readRating(db, "listing", listingId),
    found.execute(db),
  ]);
  const reviews = rows.slice(0, limit);
  return { rating, reviews, older: rows.length > limit ? (reviews.at(-1)?.id ?? null) : null };
}

/** One review that is shown, and the listing it is of; null for a hidden one and for what is no id. */
export async function readShownReview(
  db: Kysely<DB>,
  reviewId: string,
): Promise<{ review: PublicReview; listingId: string } | null> {
  if (!isUuid(reviewId)) return null;
  const { rows } = await sql<PublicReview & { listingId: string }>`
    select ${PUBLIC_REVIEW}, reviews.listing_id as "listingId" from reviews
    where reviews.id = ${reviewId} and reviews.state = 'shown'`.execute(db);
  const [found] = rows;
  if (!found) return null;
  const { listingId, ...review } = found;
  return { review, listingId };
}
