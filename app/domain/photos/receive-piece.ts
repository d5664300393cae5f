import type { Kysely } from "kysely";
import { addPhoto } from "#app/domain/drafts/save-draft.ts";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { ArrivingPhotos, PieceBody } from "#app/gateways/arriving-photos.ts";
import type { NewestFirst } from "#app/gateways/newest-first.ts";
import type { PhotoStore } from "#app/gateways/photo-store.ts";
import type { stripPhoto } from "#app/gateways/strip-photo.ts";
import type { DB } from "#db/schema.d.ts";
import { keepPhoto, type StoreRefusal } from "./keep-photo.ts";
import { MAX_ARRIVING_BYTES, UPLOAD_LIVES_MS } from "./photo-rules.ts";
import { isOver, type PhotoUpload, readUpload } from "./read-upload.ts";

type Gateways = {
  arriving: ArrivingPhotos;
  photos: Pick<PhotoStore, "put">;
  stripPhoto: typeof stripPhoto;
  newestFirst: NewestFirst;
  onePhotoAtATime: <T>(work: () => Promise<T>) => Promise<T>;
};

export type Received =
  /** `offset` bytes are here; with all of them, the upload is over. */
  | { ok: true; offset: number; upload: PhotoUpload }
  | { ok: false; reason: "upload-unknown" | "piece-too-long" | StoreRefusal }
  | { ok: false; reason: "offset-differs"; offset: number };

/**
 * Adds a piece to a photo that comes in pieces; with the last one the photo is kept as any other
 * (`keepPhoto`), put into its draft, and what the camera wrote is thrown away. A piece that breaks
 * off counts as far as it came. Of two at once the newer stops the older, and is then told the
 * offset that is right by now. The first bytes give it a day to become whole. Fails with "upload-unknown" (also another household's),
 * "offset-differs", "piece-too-long" (nothing of it was kept), and "photo-store-full" or
 * "photo-store-away", after which an empty piece tries again. A refusal of the photo itself stands in the upload.
 */
export async function receivePiece(
  db: Kysely<DB>,
  gateways: Gateways,
  scope: SellerScope,
  piece: { key: string; offset: number; body: PieceBody },
): Promise<Received> {
  const { arriving, newestFirst } = gateways;
  return newestFirst(nameOf(scope, piece.key), async (signal) => {
    const begun = await readUpload(db, scope, piece.key);
    if (!begun) return { ok: false, reason: "upload-unknown" };
    let upload = begun;
    const before = await arrivedOf(arriving, upload);
    if (piece.offset !== before) return { ok: false, reason: "offset-differs", offset: before };
    const isWhole = before === upload.length; // of those, none needs more room
    if (!isWhole && (await arriving.size()) >= MAX_ARRIVING_BYTES) {
      return { ok: false, reason: "photo-store-full" };
    }
    const end = await arriving.append(upload.id, piece.body, upload.length - before, signal);
    if (end === "too-long") return { ok: false, reason: "piece-too-long" };
    if (end === "no-room") return { ok: false, reason: "photo-store-full" };
    const offset = await arrivedOf(arriving, upload);
    if (before === 0 && offset > 0) upload = await giveTime(db, upload);
    if (offset < upload.length || isOver(upload)) return { ok: true, offset, upload };
    return finish(db, gateways, scope, upload);
  });
}

/** Something has come of it: it has a day to become whole. */
async function giveTime(db: Kysely<DB>, upload: PhotoUpload): Promise<PhotoUpload> {
  const expiresAt = new Date(Date.now() + UPLOAD_LIVES_MS);
  await db
    .updateTable("photo_uploads")
    .set({ expires_at: expiresAt })
    .where("id", "=", upload.id)
    .execute();
  return { ...upload, expiresAt };
}

/** Bytes of the upload that are here. */
export async function arrivedOf(
  arriving: Pick<ArrivingPhotos, "lengthOf">,
  upload: PhotoUpload,
): Promise<number> {
  return isOver(upload) ? upload.length : arriving.lengthOf(upload.id);
}

/** Forgets an upload and its pieces; a photo it became stays. False when there is none. */
export async function dropUpload(
  db: Kysely<DB>,
  { arriving, newestFirst }: Pick<Gateways, "arriving" | "newestFirst">,
  scope: SellerScope,
  key: string,
): Promise<boolean> {
  return newestFirst(nameOf(scope, key), async () => {
    const upload = await readUpload(db, scope, key);
    if (!upload) return false;
    await db.deleteFrom("photo_uploads").where("id", "=", upload.id).execute();
    await arriving.remove(upload.id);
    return true;
  });
}

const nameOf = ({ householdId }: SellerScope, key: string) => `${householdId}/${key}`;

async function finish(
  db: Kysely<DB>,
  gateways: Gateways,
  scope: SellerScope,
  upload: PhotoUpload,
): Promise<Received> {
  const { arriving, photos: store, stripPhoto: strip, onePhotoAtATime } = gateways;
  const kept = await onePhotoAtATime(() =>
    keepPhoto(db, { store, strip }, scope, arriving.pathOf(upload.id)),
  );
  if (!kept.ok && (kept.reason === "photo-store-full" || kept.reason === "photo-store-away")) {
    return { ok: false, reason: kept.reason };
  }
  const refusedReason = kept.ok ? await attach(db, scope, upload, kept.photoId) : kept.reason;
  const photoId = kept.ok && !refusedReason ? kept.photoId : null;
  await db
    .updateTable("photo_uploads")
    .set({ photo_id: photoId, refused_reason: refusedReason })
    .where("id", "=", upload.id)
    .execute();
  await arriving.remove(upload.id);
  return { ok: true, offset: upload.length, upload: { ...upload, photoId, refusedReason } };
}

/** Puts the photo into its draft; why it has no place there, or null. */
async function attach(
  db: Kysely<DB>,
  scope: SellerScope,
  { draftId }: PhotoUpload,
  photoId: string,
): Promise<string | null> {
  if (!draftId) return null;
  const added = await addPhoto(db, scope, { draftId, photoId });
  // Published meanwhile, it takes no more; the page's form brings the photo and is told where it belongs.
  if (added.ok || added.reason === "draft-published") return null;
  return added.reason;
}
