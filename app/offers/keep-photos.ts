import type { AppLoadContext } from "@remix-run/server-runtime";
import { validate as isUuid } from "uuid";
import { MAX_PHOTOS } from "#app/domain/listings/offer-rules.ts";
import { type KeepPhotoRefusal, keepPhoto } from "#app/domain/photos/keep-photo.ts";
import { MAX_PHOTO_BYTES } from "#app/domain/photos/photo-rules.ts";
import { type PhotoView, readOwnPhotos } from "#app/domain/photos/read-photos.ts";
import type { SellerScope } from "#app/domain/scopes.ts";
import { requireSameHousehold } from "#app/forms/household-key.ts";
import { readUpload, type SentFile, type Upload } from "#app/forms/read-upload.ts";

type Reason = KeepPhotoRefusal | "photo-too-many";
/** `number` is its place among the photos of this sending: many phones call every photo the same. */
export type RefusedPhoto = { number: number; name: string; reason: Reason };
export type KeptPhotos = {
  photos: PhotoView[];
  refused: RefusedPhoto[];
  /** The first thing that is wrong with what was sent. */
  error?: Reason | "photo-not-yours";
};

const LIMITS = { fileBytes: MAX_PHOTO_BYTES, allFilesBytes: MAX_PHOTOS * MAX_PHOTO_BYTES };
const REASONS = {
  "too-large": "photo-too-large",
  "too-many": "photo-too-many",
  "no-room": "photo-store-full",
} as const;

/**
 * Reads the listing form and keeps its new photos at once, beside those an earlier sending kept, so
 * that a refusal of another field loses none. Null when the form did not come whole. Throws a 409,
 * and keeps nothing, for the form of another household that uses this phone.
 */
export async function readPhotoForm(
  context: AppLoadContext,
  scope: SellerScope,
  request: Request,
): Promise<{ form: FormData; kept: KeptPhotos } | null> {
  const spill = context.openSpill();
  try {
    const upload = await readUpload(request, spill, LIMITS);
    if (upload) requireSameHousehold(upload.form, scope);
    return upload && { form: upload.form, kept: await keepPhotos(context, scope, upload) };
  } finally {
    await spill.close();
  }
}

async function keepPhotos(
  { db, photos: store, stripPhoto: strip, onePhotoAtATime }: AppLoadContext,
  scope: SellerScope,
  { form, files }: Upload,
): Promise<KeptPhotos> {
  const before = form.getAll("photoId").filter((id): id is string => typeof id === "string");
  const mine = await readOwnPhotos(db, scope, before.filter(isUuid).slice(0, 50));
  const photoIds = new Set(mine.filter(({ state }) => state !== "refused").map(({ id }) => id));
  const hasStrange = photoIds.size < new Set(before).size;
  const refused: RefusedPhoto[] = [];
  const keep = async (file: SentFile): Promise<Reason | null> => {
    if (!file.isHere) return REASONS[file.reason];
    if (photoIds.size >= MAX_PHOTOS) return "photo-too-many";
    // She has waited for it once; the next one would only let her wait again.
    if (refused.at(-1)?.reason === "photo-store-away") return "photo-store-away";
    const kept = await onePhotoAtATime(async () =>
      keepPhoto(db, { store, strip }, scope, await file.read()),
    );
    if (kept.ok) photoIds.add(kept.photoId);
    return kept.ok ? null : kept.reason;
  };
  for (const file of files) {
    const reason = await keep(file);
    if (reason) refused.push({ number: file.number, name: file.name, reason });
  }
  const photos = await readOwnPhotos(db, scope, [...photoIds]);
  const error = refused[0]?.reason ?? (hasStrange ? "photo-not-yours" : undefined);
  return { photos, refused, error };
}
