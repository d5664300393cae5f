import { type Kysely, sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { ownerKey } from "../photos/photo-owner.ts";
import type { OwnLineScope } from "../scopes.ts";
import { placeOf } from "./place-of.ts";
import { editableUntil, type ReviewProblems, reviewProblems } from "./review-rules.ts";
import { IS_REVIEWED } from "./reviewed-line.ts";
import { tidyWords } from "./words-rule.ts";

export type ReviewInput = {
  stars: number;
  body: string;
  /** In the order in which they are shown. */
  photoIds: readonly string[];
  /** The version that the form showed; 0 where there was none. */
  seenVersion: number;
};

export type WrittenReview =
  | { ok: true; reviewId: string; isChanged: boolean }
  | { ok: false; reason: "review-invalid"; problems: ReviewProblems }
  | { ok: false; reason: "not-delivered" | "photo-not-yours" }
  | { ok: false; reason: "review-changed" | "review-hidden" | "too-late" };

/**
 * Writes the one review of a line that came, or writes it anew: stars from 1 to 5, words, at most
 * three photos that were sent for this line. The same once more changes nothing, whenever it comes.
 * What is shown of the buyer is the city that the parcel went to.
 *
 * Fails with "review-invalid" (see review-rules.ts), "not-delivered", "photo-not-yours" (not sent for
 * this line, or refused since), "review-changed" (another form wrote another one meanwhile),
 * "review-hidden" (the operator hid it: it stays as it was) and "too-late" (30 days after it was
 * written). Locks the review's row, then the sums of its listing, cooperative and households.
 */
export async function writeReview(
  db: Kysely<DB>,
  scope: OwnLineScope,
  input: ReviewInput,
  now: Date = new Date(),
): Promise<WrittenReview> {
  const photoIds = [...new Set(input.photoIds)];
  const body = tidyWords(input.body);
  const problems = reviewProblems({ ...input, body, photoIds });
  if (Object.keys(problems).length > 0) return { ok: false, reason: "review-invalid", problems };
  return db.transaction().execute(async (trx): Promise<WrittenReview> => {
    const before = await lockReview(trx, scope);
    const review = { stars: input.stars, body, photoIds };
    if (before && isSame(before, review))
      return { ok: true, reviewId: before.id, isChanged: false };
    if (before?.state === "hidden") return { ok: false, reason: "review-hidden" };
    if (before && before.version !== input.seenVersion) {
      return { ok: false, reason: "review-changed" };
    }
    if (before && now >= editableUntil(before.created_at)) return { ok: false, reason: "too-late" };
    if (!(await areOfLine(trx, scope, photoIds))) return { ok: false, reason: "photo-not-yours" };
    if (before) {
      await rewrite(trx, before.id, review, now);
      return { ok: true, reviewId: before.id, isChanged: true };
    }
    const reviewId = await insert(trx, scope, review, now);
    if (reviewId) return { ok: true, reviewId, isChanged: true };
    // The other half of a double tap was first, or it has not come.
    const other = await lockReview(trx, scope);
    if (!other) return { ok: false, reason: "not-delivered" };
    if (!isSame(other, review)) return { ok: false, reason: "review-changed" };
    return { ok: true, reviewId: other.id, isChanged: false };
  });
}

type Written = Pick<ReviewInput, "stars" | "body" | "photoIds">;

async function lockReview(trx: Transaction<DB>, { orderLineId }: OwnLineScope) {
  const row = await trx
    .selectFrom("reviews")
    .select(["id", "stars", "body", "state", "version", "created_at"])
    .where("order_line_id", "=", orderLineId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const photos = await trx
    .selectFrom("review_photos")
    .select("photo_id")
    .where("review_id", "=", row.id)
    .orderBy("position")
    .execute();
  return { ...row, photoIds: photos.map(({ photo_id }) => photo_id) };
}

function isSame(before: Written, now: Written): boolean {
  const plain = ({ stars, body, photoIds }: Written) => JSON.stringify([stars, body, photoIds]);
  return plain(before) === plain(now);
}

async function areOfLine(
  trx: Transaction<DB>,
  scope: OwnLineScope,
  photoIds: readonly string[],
): Promise<boolean> {
  if (photoIds.length === 0) return true;
  const rows = await trx
    .selectFrom("photos")
    .select("id")
    .where("uploaded_by", "=", ownerKey(scope))
    .where("id", "in", photoIds)
    .where("state", "<>", "refused")
    .execute();
  return rows.length === photoIds.length;
}

/** Null where there is one by now, or the line's parcel has not come. */
async function insert(
  trx: Transaction<DB>,
  { orderLineId }: OwnLineScope,
  { stars, body, photoIds }: Written,
  now: Date,
): Promise<string | null> {
  const id = uuidv7({ msecs: now.getTime() });
  const { rows } = await sql`
    insert into reviews (id, order_line_id, listing_id, cooperative_id, place_code, stars, body,
        created_at)
      select ${id}, l.id, l.listing_id, l.cooperative_id, ${placeOf(sql`o.address ->> 'regionCode'`)},
        ${stars}, ${body}, ${now}
      from order_lines l join parcels p on p.id = l.parcel_id join orders o on o.id = l.order_id
      where l.id = ${orderLineId} and p.status = 'delivered' and ${IS_REVIEWED}
      on conflict (order_line_id) do nothing
      returning id`.execute(trx);
  if (rows.length === 0) return null;
  await putPhotos(trx, id, photoIds);
  return id;
}

async function rewrite(
  trx: Transaction<DB>,
  id: string,
  { stars, body, photoIds }: Written,
  now: Date,
): Promise<void> {
  await trx.deleteFrom("review_photos").where("review_id", "=", id).execute();
  await putPhotos(trx, id, photoIds);
  await trx
    .updateTable("reviews")
    .set((set) => ({ stars, body, version: set("version", "+", 1), edited_at: now }))
    .where("id", "=", id)
    .execute();
}

async function putPhotos(
  trx: Transaction<DB>,
  review_id: string,
  photoIds: readonly string[],
): Promise<void> {
  if (photoIds.length === 0) return;
  await trx
    .insertInto("review_photos")
    .values(photoIds.map((photo_id, position) => ({ review_id, photo_id, position })))
    .execute();
}
