import type { AppLoadContext } from "@remix-run/server-runtime";
import { validate as isUuid } from "uuid";
import { type KeepPhotoRefusal, keepPhoto } from "#app/domain/photos/keep-photo.ts";
import type { PhotoOwner } from "#app/domain/photos/photo-owner.ts";
import { MAX_PHOTO_BYTES } from "#app/domain/photos/photo-rules.ts";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import type { SentPhoto } from "#app/gateways/strip-photo.ts";
import { readUpload, type SentFile, type Upload } from "./read-upload.ts";

type Reason = KeepPhotoRefusal | "photo-too-many" | "photo-not-yours";
/** `number` is its place among the photos of this sending: many phones call every photo the same. */
export type RefusedPhoto = { number: number; name: string; reason: Reason };
export type KeptPhotos<Photo = PhotoView> = {
  photos: Photo[];
  refused: RefusedPhoto[];
  /** The first thing that is wrong with what was sent. */
  error?: Reason;
};

type Keep = (
  sent: SentPhoto,
) => Promise<{ ok: true; photoId: string } | { ok: false; reason: Reason }>;

/** How many photos a form may have, how one is kept, and how those that are the sender's are read. */
type Keeping<Photo> = {
  most: number;
  keep: Keep;
  readOwn(photoIds: string[]): Promise<Photo[]>;
  /** May throw before anything is kept. */
  check?(form: FormData): void;
};

const REASONS = {
  "too-large": "photo-too-large",
  "too-many": "photo-too-many",
  "no-room": "photo-store-full",
} as const;

/**
 * Reads a form with photos and keeps its new ones at once, beside those an earlier sending kept, so
 * that a refusal of another field loses none. Null when the form did not come whole.
 */
export async function keepFormPhotos<Photo extends { id: string; state?: string }>(
  context: AppLoadContext,
  request: Request,
  keeping: Keeping<Photo>,
): Promise<{ form: FormData; kept: KeptPhotos<Photo> } | null> {
  const spill = context.openSpill();
  const limits = { fileBytes: MAX_PHOTO_BYTES, allFilesBytes: keeping.most * MAX_PHOTO_BYTES };
  try {
    const upload = await readUpload(request, spill, limits);
    if (!upload) return null;
    keeping.check?.(upload.form);
    return { form: upload.form, kept: await keepPhotos(context, keeping, upload) };
  } finally {
    await spill.close();
  }
}

/** Keeps photos that the public will see, of a listing or a review. */
export function keepPublic(context: AppLoadContext, owner: PhotoOwner): Keep {
  const { db, photos: store, stripPhoto: strip } = context;
  return (sent) => keepPhoto(db, { store, strip }, owner, sent);
}

async function keepPhotos<Photo extends { id: string; state?: string }>(
  { onePhotoAtATime }: AppLoadContext,
  { keep: keepOne, most, readOwn }: Keeping<Photo>,
  { form, files }: Upload,
): Promise<KeptPhotos<Photo>> {
  const before = form.getAll("photoId").filter((id): id is string => typeof id === "string");
  const mine = await readOwn(before.filter(isUuid).slice(0, 50));
  const photoIds = new Set(mine.filter(({ state }) => state !== "refused").map(({ id }) => id));
  const hasStrange = photoIds.size < new Set(before).size;
  const refused: RefusedPhoto[] = [];
  const keep = async (file: SentFile): Promise<Reason | null> => {
    if (!file.isHere) return REASONS[file.reason];
    if (photoIds.size >= most) return "photo-too-many";
    // She has waited for it once; the next one would only let her wait again.
    if (refused.at(-1)?.reason === "photo-store-away") return "photo-store-away";
    const kept = await onePhotoAtATime(async () => keepOne(await file.read()));
    if (kept.ok) photoIds.add(kept.photoId);
    return kept.ok ? null : kept.reason;
  };
  for (const file of files) {
    const reason = await keep(file);
    if (reason) refused.push({ number: file.number, name: file.name, reason });
  }
  const photos = await readOwn([...photoIds]);
  const error = refused[0]?.reason ?? (hasStrange ? "photo-not-yours" : undefined);
  return { photos, refused, error };
}
