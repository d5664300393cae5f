import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { PhotoView } from "../photos/read-photos.ts";
import type { OwnLineScope } from "../scopes.ts";
import { PUBLIC_REVIEW, type PublicReview } from "./public-review.ts";
import { editableUntil } from "./review-rules.ts";
import { IS_REVIEWED } from "./reviewed-line.ts";

export type OwnReview = PublicReview & {
  version: number;
  editableUntil: Date;
  isEditable: boolean;
  /** Why the operator hid it: a reason of review-rules.ts, and what was said to "other". */
  hidden: { reason: string; note: string } | null;
};

export type ReviewedLine = {
  titleZh: string;
  titleEn: string;
  listingId: string;
  isDelivered: boolean;
  /** The city by which the buyer is named. */
  review: OwnReview | null;
  photos: PhotoView[];
};

const HIDDEN = sql`(
  select json_build_object('reason', after ->> 'reason', 'note', after ->> 'note') from audit_log
  where reviews.state = 'hidden' and subject_type = 'review' and subject_id = reviews.id
  order by id desc limit 1)`;

/** The line that its buyer reviews, and what she has said of it. Locks nothing. */
export async function readOwnReview(
  db: Kysely<DB>,
  { orderLineId }: OwnLineScope,
  now: Date = new Date(),
): Promise<ReviewedLine> {
  const line = await db
    .selectFrom("order_lines as l")
    .innerJoin("parcels as p", "p.id", "l.parcel_id")
    .select(["l.title_zh as titleZh", "l.title_en as titleEn", "l.listing_id as listingId"])
    .select(sql<boolean>`p.status = 'delivered' and ${IS_REVIEWED}`.as("isDelivered"))
    .where("l.id", "=", orderLineId)
    .executeTakeFirstOrThrow();
  const { rows } = await sql<Omit<OwnReview, "editableUntil" | "isEditable">>`
    select ${PUBLIC_REVIEW}, reviews.version, ${HIDDEN} as hidden
    from reviews where reviews.order_line_id = ${orderLineId}`.execute(db);
  const [found] = rows;
  if (!found) return { ...line, review: null, photos: [] };
  const until = editableUntil(found.writtenAt);
  const isEditable = found.hidden === null && now < until;
  const review = { ...found, editableUntil: until, isEditable };
  return { ...line, review, photos: found.photos };
}
