import type { AppLoadContext } from "@remix-run/server-runtime";
import { validate as isUuid } from "uuid";
import { MAX_PHOTOS } from "#app/domain/listings/offer-rules.ts";
import { type KeepPhotoRefusal, keepPhoto } from "#app/domain/photos/keep-photo.ts";
import { type PhotoView, readOwnPhotos } from "#app/domain/photos/read-photos.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";

export type RefusedPhoto = { name: string; reason: KeepPhotoRefusal | "photo-too-many" };
export type KeptPhotos = { photos: PhotoView[]; refused: RefusedPhoto[]; hasStrange: boolean };

/** An empty file input sends a file without name or content. */
function isChosen(value: FormDataEntryValue): value is File {
  return value instanceof File && (value.name !== "" || value.size > 0);
}

/**
 * Keeps the form's new photos at once, beside those an earlier sending kept, so that a refusal of
 * another field loses none. One by one: a large photo is held in memory only while it is looked at.
 */
export async function keepPhotos(
  { db, photos: store, inspectPhoto: inspect }: AppLoadContext,
  scope: HouseholdScope,
  form: FormData,
): Promise<KeptPhotos> {
  const before = form.getAll("photoId").filter((id): id is string => typeof id === "string");
  const mine = await readOwnPhotos(db, scope, before.filter(isUuid).slice(0, 50));
  const photoIds = new Set(mine.filter(({ state }) => state !== "refused").map(({ id }) => id));
  const hasStrange = photoIds.size < new Set(before).size;
  const refused: RefusedPhoto[] = [];
  for (const file of form.getAll("photo").filter(isChosen)) {
    if (photoIds.size >= MAX_PHOTOS) {
      refused.push({ name: file.name, reason: "photo-too-many" });
      continue;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const kept = await keepPhoto(db, { store, inspect }, scope, bytes);
    if (kept.ok) photoIds.add(kept.photoId);
    else refused.push({ name: file.name, reason: kept.reason });
  }
  const photos = await readOwnPhotos(db, scope, [...photoIds]);
  return { photos, refused, hasStrange };
}
