import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Sharp } from "sharp";
import { sharp } from "./guarded-sharp.ts";
import { leanPhoto } from "./lean-photo.ts";
import { type HeaderRefusal, MAX_PHOTO_PIXELS, readPhotoHeader } from "./read-photo-header.ts";
import { sniffPhotoFormat } from "./sniff-photo-format.ts";

const LONGEST_SIDE = 1280;
// No variant shows that it was not made from what the camera wrote. Coding tables of its own would
// double the CPU for a tenth fewer bytes that nobody fetches.
const MASTER = { quality: 88, optimiseCoding: false } as const;

export type PhotoRefusal = "photo-empty" | HeaderRefusal;
/** A photo as it was sent: its bytes, or the path of the file that holds them. */
export type SentPhoto = Uint8Array | string;
/**
 * `contentHash` is of what was sent, 32 hexadecimal digits of its SHA-256; `width` and `height` are
 * of the photo as it was sent, upright; `master` is a JPEG.
 */
export type StrippedPhoto =
  | { ok: true; contentHash: string; width: number; height: number; master: Uint8Array }
  | { ok: false; reason: PhotoRefusal };

/**
 * Takes a photo from a stranger and gives back the only thing that is kept of them: the photo
 * upright, in sRGB, without one byte of metadata, as a JPEG of at most 1280 pixels on its longest
 * side: as large as the largest picture that anybody sees, and small enough for a 12-MP JPEG to be
 * decoded at half size, once. What the bytes are is told by content, never by name, and they are
 * decoded to the end, so a photo cut off on its way is found here.
 */
export async function stripPhoto(sent: SentPhoto): Promise<StrippedPhoto> {
  const bytes = typeof sent === "string" ? await readFile(sent) : sent;
  if (bytes.byteLength === 0) return { ok: false, reason: "photo-empty" };
  const format = sniffPhotoFormat(bytes);
  if (!format) return { ok: false, reason: "photo-wrong-type" };
  const lean = leanPhoto(bytes, format);
  const header = await readPhotoHeader(lean, bytes.byteLength);
  if (!header.ok) return header;
  const { width, height } = header;
  const contentHash = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
  try {
    return { ok: true, contentHash, width, height, master: await decode(lean, header).toBuffer() };
  } catch {
    return { ok: false, reason: "photo-damaged" };
  }
}

// Of an animation the first frame is the photo: sharp reads one page unless told otherwise.
function decode(bytes: Uint8Array, { isRgbWithProfile }: { isRgbWithProfile: boolean }): Sharp {
  const image = sharp(bytes, {
    failOn: "truncated",
    limitInputPixels: MAX_PHOTO_PIXELS,
    ignoreIcc: isRgbWithProfile, // until it is small
  });
  // Both sides bounded: by its width alone a strip one pixel wide would grow to gigabytes.
  const bounds = { width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside" } as const;
  // Sharp turns it after shrinking, when few pixels are left that a turn needs in memory.
  const small = image
    .autoOrient()
    .resize({ ...bounds, withoutEnlargement: true })
    .flatten({ background: "#ffffff" })
    .jpeg(MASTER);
  // Sharp's own way, before shrinking, takes as long again as reading the photo.
  return isRgbWithProfile ? small.withIccProfile("srgb", { attach: false }) : small;
}
