import type { AppLoadContext } from "@remix-run/server-runtime";
import { MAX_CLAIM_PHOTOS } from "#app/domain/claims/claim-rules.ts";
import { keepClaimPhoto } from "#app/domain/claims/keep-claim-photo.ts";
import { type ClaimPhoto, readKeptPhotos } from "#app/domain/claims/read-claim-photo.ts";
import { MAX_PHOTO_BYTES } from "#app/domain/photos/photo-rules.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { ErrorKey } from "#app/forms/read-form.ts";
import { readUpload, type SentFile, type Upload } from "#app/forms/read-upload.ts";

/** `number` is its place among the photos of this sending: many phones call every photo the same. */
export type RefusedPhoto = { number: number; name: string; reason: ErrorKey };
export type KeptPhotos = { photos: ClaimPhoto[]; refused: RefusedPhoto[]; error?: ErrorKey };

const LIMITS = { fileBytes: MAX_PHOTO_BYTES, allFilesBytes: MAX_CLAIM_PHOTOS * MAX_PHOTO_BYTES };
const REASONS = {
  "too-large": "photo-too-large",
  "too-many": "photo-too-many",
  "no-room": "photo-store-full",
} as const;

/**
 * Reads the form of a claim and keeps its new photos at once, beside those an earlier sending kept,
 * so that a refusal of another field loses none. Null when the form did not come whole.
 */
export async function readClaimUpload(
  context: AppLoadContext,
  buyer: BuyerScope,
  { request, number }: { request: Request; number: string },
): Promise<{ form: FormData; kept: KeptPhotos } | null> {
  const spill = context.openSpill();
  try {
    const upload = await readUpload(request, spill, LIMITS);
    return upload && { form: upload.form, kept: await keep(context, buyer, number, upload) };
  } finally {
    await spill.close();
  }
}

async function keep(
  { db, photos: store, stripPhoto: strip, onePhotoAtATime }: AppLoadContext,
  buyer: BuyerScope,
  number: string,
  { form, files }: Upload,
): Promise<KeptPhotos> {
  const before = form.getAll("photoId").filter((id): id is string => typeof id === "string");
  const mine = await readKeptPhotos(db, buyer, { number, photoIds: before });
  const photoIds = new Set(mine.map(({ id }) => id).slice(0, MAX_CLAIM_PHOTOS));
  const hasStrange = mine.length < new Set(before).size;
  const refused: RefusedPhoto[] = [];
  const keepOne = async (file: SentFile): Promise<ErrorKey | null> => {
    if (!file.isHere) return REASONS[file.reason];
    if (photoIds.size >= MAX_CLAIM_PHOTOS) return "photo-too-many";
    // She has waited for it once; the next one would only let her wait again.
    if (refused.at(-1)?.reason === "photo-store-away") return "photo-store-away";
    const kept = await onePhotoAtATime(async () =>
      keepClaimPhoto(db, { store, strip }, buyer, { number, sent: await file.read() }),
    );
    if (kept.ok) photoIds.add(kept.photoId);
    return kept.ok ? null : kept.reason === "order-not-found" ? "photo-not-yours" : kept.reason;
  };
  for (const file of files) {
    const reason = await keepOne(file);
    if (reason) refused.push({ number: file.number, name: file.name, reason });
  }
  const photos = await readKeptPhotos(db, buyer, { number, photoIds: [...photoIds] });
  const error = refused[0]?.reason ?? (hasStrange ? ("photo-not-yours" as const) : undefined);
  return { photos, refused, error };
}
