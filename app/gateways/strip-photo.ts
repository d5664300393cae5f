import type { Sharp } from "sharp";
import { fromPixels, type Pixels, sharp, toPixels } from "./guarded-sharp.ts";
import { isAcceptedFormat, sniffPhotoFormat } from "./sniff-photo-format.ts";
import { turnFor } from "./turn-for-orientation.ts";

const MAX_PHOTO_PIXELS = 50_000_000;
const LONGEST_SIDE = 1280;
// No variant shows that it was not made from what the camera wrote. Coding tables of its own would
// double the CPU for a tenth fewer bytes that nobody fetches.
const MASTER = { quality: 88, optimiseCoding: false } as const;

export type PhotoRefusal =
  | "photo-empty"
  | "photo-too-many-pixels"
  | "photo-wrong-type"
  | "photo-damaged";
/** `width` and `height` are of the photo as it was sent, upright; `master` is a JPEG. */
export type StrippedPhoto =
  | { ok: true; width: number; height: number; master: Uint8Array }
  | { ok: false; reason: PhotoRefusal };

/**
 * Takes bytes from a stranger and gives back the only thing that is kept of them: the photo
 * upright, in sRGB, without one byte of metadata, as a JPEG of at most 1280 pixels on its longest
 * side: as large as the largest picture that anybody sees, and small enough for a 12-MP JPEG to be
 * decoded at half size, once. What the bytes are is told by content, never by name, and they are
 * decoded to the end, so a photo cut off on its way is found here.
 */
export async function stripPhoto(bytes: Uint8Array): Promise<StrippedPhoto> {
  if (bytes.byteLength === 0) return { ok: false, reason: "photo-empty" };
  if (!sniffPhotoFormat(bytes)) return { ok: false, reason: "photo-wrong-type" };
  const header = await readHeader(bytes);
  if (!header.ok) return header;
  const { width, height, orientation } = header;
  try {
    const upright = await turn(await decode(bytes), orientation);
    return { ok: true, width, height, master: await upright.jpeg(MASTER).toBuffer() };
  } catch {
    return { ok: false, reason: "photo-damaged" };
  }
}

type Header =
  | { ok: true; width: number; height: number; orientation: number }
  | { ok: false; reason: PhotoRefusal };

async function readHeader(bytes: Uint8Array): Promise<Header> {
  try {
    // Reads the header only, so a bomb is measured without being unpacked.
    const header = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (!isAcceptedFormat(header)) return { ok: false, reason: "photo-wrong-type" };
    const { width, height } = header.autoOrient;
    if (width * height > MAX_PHOTO_PIXELS) return { ok: false, reason: "photo-too-many-pixels" };
    return { ok: true, width, height, orientation: header.orientation ?? 1 };
  } catch {
    return { ok: false, reason: "photo-damaged" };
  }
}

// Of an animation the first frame is the photo: sharp reads one page unless told otherwise.
function decode(bytes: Uint8Array): Promise<Pixels> {
  // Both sides bounded: by its width alone a strip one pixel wide would grow to gigabytes.
  const bounds = { width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside" } as const;
  return toPixels(
    sharp(bytes, { failOn: "truncated", limitInputPixels: MAX_PHOTO_PIXELS })
      .resize({ ...bounds, withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb"),
  );
}

// After shrinking, not by autoOrient before it: a turn needs all pixels in memory.
async function turn(lying: Pixels, orientation: number): Promise<Sharp> {
  const { angle, flop } = turnFor(orientation);
  const turned = fromPixels(lying).rotate(angle);
  return flop ? fromPixels(await toPixels(turned)).flop() : turned;
}
