import { tidyWords, type WordsProblem, wordsProblem } from "./words-rule.ts";

/** Best first, as a buyer chooses. */
export const stars = [5, 4, 3, 2, 1] as const;
export const MOST_REVIEW_PHOTOS = 3;
/** So long a buyer may change her mind; after that others have relied on what she said. */
export const EDIT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

export const reportReasons = ["contact", "abuse", "private", "off-topic", "other"] as const;
export type ReportReason = (typeof reportReasons)[number];

export const hideReasons = ["contact", "abuse", "private", "off-topic", "other"] as const;
export const keepReasons = ["opinion", "other"] as const;
/** What an operator decides of a reported review, and why; "other" says why in words. */
export type Decision =
  | { hide: true; reason: (typeof hideReasons)[number]; note: string }
  | { hide: false; reason: (typeof keepReasons)[number]; note: string };
export const MOST_NOTE = 200;

export type ReviewProblems = {
  stars?: "choose";
  body?: WordsProblem;
  photos?: "photo-too-many-three";
};

/** What is wrong with a review, field by field; an empty object when nothing is. */
export function reviewProblems(review: {
  stars: number;
  body: string;
  photoIds: readonly string[];
}): ReviewProblems {
  const problems: ReviewProblems = {};
  if (!stars.some((each) => each === review.stars)) problems.stars = "choose";
  const words = wordsProblem(tidyWords(review.body));
  if (words) problems.body = words;
  if (review.photoIds.length > MOST_REVIEW_PHOTOS) problems.photos = "photo-too-many-three";
  return problems;
}

/** What is wrong with an answer to a review. */
export function answerProblem(body: string): WordsProblem | "required" | undefined {
  const words = tidyWords(body);
  return words === "" ? "required" : wordsProblem(words);
}

/** The moment from which a review that was written then stays as it is. */
export function editableUntil(writtenAt: Date): Date {
  return new Date(writtenAt.getTime() + EDIT_DAYS * DAY_MS);
}

/** Of so many reviews with so many stars in all: "4.7"; null of none. */
export function averageOf({ shown, stars: all }: { shown: number; stars: number }): string | null {
  return shown === 0 ? null : (Math.round((all * 10) / shown) / 10).toFixed(1);
}
