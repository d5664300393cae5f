import type { Kysely, Transaction } from "kysely";
import { MAX_PHOTOS } from "#app/domain/listings/offer-rules.ts";
import type { HouseholdScope, SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { Draft, DraftFields } from "./draft-fields.ts";
import { type PhotosAfter, photosAfter, type SaidPhotos } from "./draft-photos.ts";
import { lockDraft } from "./read-draft.ts";

/** More than anybody has in hand at once; a phone that makes one a second stops here. */
const MAX_OPEN_DRAFTS = 30;

export type Saved =
  | { ok: true; draft: Draft; photos?: PhotosAfter }
  | { ok: false; reason: "draft-published"; listingId: string }
  | { ok: false; reason: "draft-changed"; theirs: Draft }
  | { ok: false; reason: "too-many-drafts" };

export type DraftChange = {
  draftId: string;
  /** The saving the form was filled from; null when it began a draft or does not mind. */
  version: number | null;
  /** Only what this step asks for; what other steps kept stays. */
  fields?: DraftFields;
  /** All the photos, in their order. */
  photoIds?: readonly string[];
  /** Or what a page of photos says of them. */
  photos?: SaidPhotos;
  copiedFrom?: string;
};

/**
 * Keeps what one step of the form says, making the draft when there is none. The same form sent
 * again changes nothing. Fails with `draft-published` (the listing it became is named),
 * `draft-changed` when another tab or phone saved something else since the form was filled (theirs
 * is given, so that the page can show both and ask), and `too-many-drafts` (30 open ones). Of
 * `photos` it tells what became of them (see draft-photos.ts): those that another page has taken out
 * since are not put back.
 * Whose the photos are is asked when the offer is published. Locks the draft's row.
 */
export async function saveDraft(
  db: Kysely<DB>,
  scope: HouseholdScope,
  change: DraftChange,
): Promise<Saved> {
  return db.transaction().execute(async (trx) => {
    const before = await beginDraft(trx, scope, change);
    if (!before) return { ok: false, reason: "too-many-drafts" };
    if (before.publishedListingId) {
      return { ok: false, reason: "draft-published", listingId: before.publishedListingId };
    }
    const photos = change.photos && photosAfter(before, change.photos);
    const wanted = photos ? { ...change, photoIds: photos.photoIds } : change;
    if (says(before, wanted)) return { ok: true, draft: before, photos };
    if (change.version !== null && change.version !== before.version) {
      return { ok: false, reason: "draft-changed", theirs: before };
    }
    return { ok: true, draft: await write(trx, scope, before, wanted), photos };
  });
}

/**
 * Adds a photo behind the others; one that is there already is not added again. Fails as
 * `saveDraft` does, and with `photo-too-many` beyond six. Locks the draft's row.
 */
export async function addPhoto(
  db: Kysely<DB>,
  scope: SellerScope,
  { draftId, photoId }: { draftId: string; photoId: string },
): Promise<
  | { ok: true; draft: Draft }
  | { ok: false; reason: "draft-published" | "too-many-drafts" | "photo-too-many" }
> {
  return db.transaction().execute(async (trx) => {
    const before = await beginDraft(trx, scope, { draftId });
    if (!before) return { ok: false, reason: "too-many-drafts" };
    if (before.publishedListingId) return { ok: false, reason: "draft-published" };
    if (before.photoIds.includes(photoId)) return { ok: true, draft: before };
    if (before.photoIds.length >= MAX_PHOTOS) return { ok: false, reason: "photo-too-many" };
    const photoIds = [...before.photoIds, photoId];
    return { ok: true, draft: await write(trx, scope, before, { photoIds }) };
  });
}

/** Throws a draft away; a published one stays, for a late form that would begin it anew. */
export async function discardDraft(
  db: Kysely<DB>,
  { householdId }: HouseholdScope,
  draftId: string,
): Promise<void> {
  await db
    .deleteFrom("listing_drafts")
    .where("household_id", "=", householdId)
    .where("id", "=", draftId)
    .where("published_listing_id", "is", null)
    .execute();
}

async function beginDraft(
  trx: Transaction<DB>,
  scope: SellerScope,
  { draftId, copiedFrom }: { draftId: string; copiedFrom?: string },
): Promise<Draft | null> {
  const known = await lockDraft(trx, scope, draftId);
  if (known) return known;
  const open = await trx
    .selectFrom("listing_drafts")
    .select((one) => one.fn.countAll<number>().as("count"))
    .where("household_id", "=", scope.householdId)
    .where("published_listing_id", "is", null)
    .executeTakeFirstOrThrow();
  if (open.count >= MAX_OPEN_DRAFTS) return null;
  await trx
    .insertInto("listing_drafts")
    .values({ id: draftId, household_id: scope.householdId, copied_from: copiedFrom })
    .onConflict((conflict) => conflict.columns(["household_id", "id"]).doNothing())
    .execute();
  // Made by us, or by the other half of a double tap, for whose end the insert has waited.
  return (await lockDraft(trx, scope, draftId)) ?? null;
}

/** Nothing of the change is new. */
function says({ fields, photoIds }: Draft, change: DraftChange): boolean {
  const wanted = Object.entries(change.fields ?? {});
  return (
    wanted.every(([name, text]) => (fields as Record<string, string>)[name] === text) &&
    (!change.photoIds || change.photoIds.join() === photoIds.join())
  );
}

async function write(
  trx: Transaction<DB>,
  { householdId }: SellerScope,
  before: Draft,
  change: Pick<DraftChange, "fields" | "photoIds">,
): Promise<Draft> {
  const draft = {
    ...before,
    fields: { ...before.fields, ...change.fields },
    photoIds: [...(change.photoIds ?? before.photoIds)],
    version: before.version + 1,
    updatedAt: new Date(),
  };
  await trx
    .updateTable("listing_drafts")
    .set({
      fields: JSON.stringify(draft.fields),
      photo_ids: draft.photoIds,
      version: draft.version,
      updated_at: draft.updatedAt,
    })
    .where("household_id", "=", householdId)
    .where("id", "=", draft.id)
    .execute();
  return draft;
}
