import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { averageOf } from "./review-rules.ts";

/** `average` is of 1 to 5, with one decimal: "4.7"; `count` is of the reviews it is made of. */
export type Rating = { average: string; count: number };

/**
 * What buyers give what a listing, a cooperative or a household sells, from the sums that the
 * database keeps (0064_reviews.sql): of reviews that are shown. Null without any. Locks nothing.
 */
export async function readRating(
  db: Kysely<DB>,
  kind: "listing" | "cooperative" | "household",
  id: string,
): Promise<Rating | null> {
  const sum = await db
    .selectFrom("review_sums")
    .select(["shown", "stars"])
    .where("kind", "=", kind)
    .where("id", "=", id)
    .executeTakeFirst();
  const average = sum && averageOf(sum);
  return average ? { average, count: sum.shown } : null;
}

/** Fewer reviews would tell what one buyer gave one family. */
const LEAST = 3;

/**
 * The average of what buyers give what a household sells, from three reviews on. How many there are
 * is not said: it would tell how much the household sold at least. Locks nothing.
 */
export async function readHouseholdAverage(
  db: Kysely<DB>,
  householdId: string,
): Promise<{ average: string; least: number } | null> {
  const rating = await readRating(db, "household", householdId);
  return rating && rating.count >= LEAST ? { average: rating.average, least: LEAST } : null;
}
