import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { queueJob } from "#app/domain/queue/queue-job.ts";
import type { PhotoStore } from "#app/gateways/photo-store.ts";
import type { PhotoRefusal, SentPhoto, stripPhoto } from "#app/gateways/strip-photo.ts";
import type { DB } from "#db/schema.d.ts";
import { ownerKey, type PhotoOwner } from "./photo-owner.ts";
import { MAX_PHOTO_BYTES } from "./photo-rules.ts";

/** A store that cannot take a photo now, and may later. */
export type StoreRefusal = "photo-store-full" | "photo-store-away";
export type KeepPhotoRefusal = PhotoRefusal | StoreRefusal | "photo-too-large";
export type KeptPhoto = { ok: true; photoId: string } | { ok: false; reason: KeepPhotoRefusal };

/** What a store is that does not take a photo, by the name of its error. */
export const STORE_REFUSALS: Record<string, StoreRefusal> = {
  PhotoStoreFullError: "photo-store-full",
  PhotoStoreAwayError: "photo-store-away",
};

/**
 * Keeps an uploaded photo and queues the making of what the public sees. What the camera wrote is
 * never stored, only the upright master without metadata, under the SHA-256 of what was sent. It
 * is stored before the row is written, so a row always has its bytes; no transaction is open
 * meanwhile. The same bytes from the same owner are one photo, however often they are sent.
 * Fails with the stripping's reason, with "photo-too-large" (of bytes; how large a file may become
 * is held while it arrives), "photo-store-full" when there is no room, or "photo-store-away" when
 * nobody knows; nothing is left behind that anybody sees.
 */
export async function keepPhoto(
  db: Kysely<DB>,
  gateways: { store: Pick<PhotoStore, "put">; strip: typeof stripPhoto },
  owner: PhotoOwner,
  sent: SentPhoto,
): Promise<KeptPhoto> {
  const uploadedBy = ownerKey(owner);
  const isTooLarge = typeof sent !== "string" && sent.byteLength > MAX_PHOTO_BYTES;
  if (isTooLarge) return { ok: false, reason: "photo-too-large" };
  const stripped = await gateways.strip(sent);
  if (!stripped.ok) return stripped;
  const { contentHash } = stripped;
  const before = await findPhoto(db, uploadedBy, contentHash);
  if (before) return before;

  try {
    await gateways.store.put(`masters/${contentHash}`, stripped.master, "image/jpeg");
  } catch (error) {
    const reason = error instanceof Error ? STORE_REFUSALS[error.name] : undefined;
    if (!reason) throw error;
    return { ok: false, reason };
  }
  const photoId = uuidv7();
  const isNew = await db.transaction().execute(async (trx) => {
    const inserted = await trx
      .insertInto("photos")
      .values({
        id: photoId,
        uploaded_by: uploadedBy,
        content_hash: contentHash,
        width: stripped.width,
        height: stripped.height,
      })
      .onConflict((conflict) => conflict.columns(["uploaded_by", "content_hash"]).doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows !== 1n) return false;
    await queueJob(trx, "make-photo-variants", { photoId }, { key: `photo:${photoId}` });
    return true;
  });
  if (isNew) return { ok: true, photoId };
  // The other half of a double tap was first; its row is committed, or we would have waited.
  const other = await findPhoto(db, uploadedBy, contentHash);
  if (!other) throw new Error("the photo that was in the way is gone");
  return other;
}

async function findPhoto(
  db: Kysely<DB>,
  uploadedBy: string,
  contentHash: string,
): Promise<KeptPhoto | null> {
  const photo = await db
    .selectFrom("photos")
    .select(["id", "state", "refused_reason"])
    .where("uploaded_by", "=", uploadedBy)
    .where("content_hash", "=", contentHash)
    .executeTakeFirst();
  if (!photo) return null;
  if (photo.state !== "refused") return { ok: true, photoId: photo.id };
  return { ok: false, reason: (photo.refused_reason ?? "photo-damaged") as PhotoRefusal };
}
