import { sharp } from "./guarded-sharp.ts";
import { isAcceptedFormat } from "./sniff-photo-format.ts";

export const MAX_PHOTO_PIXELS = 50_000_000;
/** Only a JPEG is made smaller while it is read; of the others every pixel is in memory at once. */
const MAX_OTHER_PIXELS = 12_500_000;
/** One that comes in several scans is in memory whole, and read once more for each of them. */
const MAX_PIXELS_IN_SCANS = 20_000_000;
const MAX_SCANS = 60; // encoders write ten or so, and a thumbnail inside counts too
/**
 * What is gone over, as coefficients of a block: encoders go over some 450 in all their scans, the
 * thorough ones 700, and a thumbnail inside has 192.
 */
const MAX_COEFFICIENTS_GONE_OVER = 1_000;
const START_OF_SCAN = Buffer.from([0xff, 0xda]);
/** Frames in arithmetic coding (ITU-T T.81, B.1.1.3): ten times the work of Huffman's, and no phone's. */
const ARITHMETIC = [0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf];
/** Of AVIF, which is the slowest to unpack, with more bits than a screen shows or a layer more. */
const MAX_RICH_PIXELS = 6_250_000;
/** Far more than a photo of so many pixels has, and all that is unpacked within a second. */
const MAX_BYTES: Record<string, number> = { webp: 8 * 1024 * 1024, heif: 2 * 1024 * 1024 };

export type HeaderRefusal =
  | "photo-too-many-pixels"
  | "photo-wrong-type"
  | "photo-unusual"
  | "photo-damaged";
/** `width` and `height` are of the photo upright. */
export type PhotoHeader =
  | { ok: true; width: number; height: number; isRgbWithProfile: boolean }
  | { ok: false; reason: HeaderRefusal };
type Metadata = Awaited<ReturnType<ReturnType<typeof sharp>["metadata"]>>;

/**
 * Says what a photo is without unpacking it, so that a bomb is measured and not set off. Fails with
 * "photo-damaged" when there is no header, "photo-wrong-type", "photo-too-many-pixels", and
 * "photo-unusual" for what no phone takes and what would keep a core for seconds: made for
 * printing, in arithmetic coding, in very many scans, richer or of many more bytes than photos of its format are.
 * `sentBytes` is how many there were before it was made lean.
 */
export async function readPhotoHeader(bytes: Uint8Array, sentBytes: number): Promise<PhotoHeader> {
  try {
    const header = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (!isAcceptedFormat(header)) return { ok: false, reason: "photo-wrong-type" };
    const { width, height } = header.autoOrient;
    const most = header.format === "jpeg" ? MAX_PHOTO_PIXELS : MAX_OTHER_PIXELS;
    if (width * height > most) return { ok: false, reason: "photo-too-many-pixels" };
    if (isUnusual(header, bytes, sentBytes)) return { ok: false, reason: "photo-unusual" };
    const isRgb = header.space === "srgb" || header.space === "rgb16";
    return { ok: true, width, height, isRgbWithProfile: header.hasProfile && isRgb };
  } catch {
    return { ok: false, reason: "photo-damaged" };
  }
}

function isUnusual(header: Metadata, bytes: Uint8Array, sentBytes: number): boolean {
  const { format, width, height } = header;
  const pixels = width * height;
  if (sentBytes > (MAX_BYTES[format] ?? Number.POSITIVE_INFINITY)) return true;
  if (format === "heif") {
    const isRich = header.hasAlpha || header.depth !== "uchar";
    return isRich && pixels > MAX_RICH_PIXELS;
  }
  if (format !== "jpeg") return false;
  if (header.space === "cmyk" || isArithmetic(bytes)) return true;
  if (!header.isProgressive) return false;
  if (pixels > MAX_PIXELS_IN_SCANS) return true;
  const { scans, goneOver } = scansOf(bytes);
  const share = Math.min(1, pixels / MAX_PIXELS_IN_SCANS);
  return scans > MAX_SCANS || goneOver * share > MAX_COEFFICIENTS_GONE_OVER;
}

/** By the first frame's marker. Between segments a decoder skips whatever is no marker, and so does this. */
function isArithmetic(bytes: Uint8Array): boolean {
  for (let at = 2; at + 3 < bytes.length; ) {
    const marker = bytes[at] === 0xff ? (bytes[at + 1] ?? 0) : 0;
    const hasLength = marker >= 0xc0 && marker < 0xff && !(marker >= 0xd0 && marker <= 0xd9);
    if (ARITHMETIC.includes(marker)) return true;
    if (marker === 0xc0 || marker === 0xc1 || marker === 0xc2 || marker === 0xda) return false;
    at += hasLength ? 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) : 1;
  }
  return false;
}

/**
 * Counts wherever the marker stands: never too few, and too many only where a file is unusual. A scan
 * goes over a band of each of its components (ITU-T T.81, B.2.3).
 */
function scansOf(bytes: Uint8Array): { scans: number; goneOver: number } {
  const jpeg = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [scans, goneOver] = [0, 0];
  for (let at = jpeg.indexOf(START_OF_SCAN); at >= 0; at = jpeg.indexOf(START_OF_SCAN, at + 2)) {
    scans += 1;
    if (scans > MAX_SCANS) break;
    const components = Math.min(jpeg[at + 4] ?? 0, 4);
    const first = jpeg[at + 5 + 2 * components] ?? 0;
    const last = Math.min(jpeg[at + 6 + 2 * components] ?? 0, 63);
    goneOver += components * Math.max(0, last - first + 1);
  }
  return { scans, goneOver };
}
