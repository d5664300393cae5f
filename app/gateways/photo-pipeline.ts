import sharp, { type Sharp } from "sharp";
import { oneAtATime } from "./one-at-a-time.ts";
import { isAcceptedFormat, type PhotoFormat, sniffPhotoFormat } from "./sniff-photo-format.ts";
import { turnFor } from "./turn-for-orientation.ts";

export const MAX_PHOTO_BYTES = 20 * 1024 * 1024;
export const MAX_PHOTO_PIXELS = 50_000_000;
const LONGEST_SIDE = 1280;
const PLACEHOLDER_CHARS = 200;
// Shown at two or three device pixels a point, the larger pictures hide more.
const AVIF_QUALITY = { 320: 46, 640: 44, 1280: 38 } as const;

export type PhotoRefusal =
  | "photo-empty"
  | "photo-too-large"
  | "photo-too-many-pixels"
  | "photo-wrong-type"
  | "photo-damaged";
export type PhotoInspection =
  | { ok: true; format: PhotoFormat; width: number; height: number }
  | { ok: false; reason: PhotoRefusal };
export interface MadeVariant {
  suffix: string; // "640.avif": what follows "<hash>-" in the stored name
  format: "avif" | "jpeg";
  contentType: string;
  width: number;
  height: number;
  bytes: Uint8Array;
}
export type MadeVariants =
  | { ok: true; width: number; height: number; placeholder: string; variants: MadeVariant[] }
  | { ok: false; reason: PhotoRefusal };

// Every loader of libvips is closed for the whole process; only these four read strangers' bytes.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadWebpBuffer",
    "VipsForeignLoadHeifBuffer",
  ],
});
// One core at most per picture: people who browse need the other one.
sharp.concurrency(1);
sharp.cache(false);

// Two lanes, so that a farmer who is uploading never waits behind the pictures being made.
const inspectionLane = oneAtATime();
const makingLane = oneAtATime();

/**
 * Looks at bytes from a stranger: what they are by content (never by name), how large when upright,
 * and whether they decode to the end. JPEG is decoded at an eighth, so a 12-MP photo costs about a
 * fifth of a full decode.
 */
export async function inspectPhoto(bytes: Uint8Array): Promise<PhotoInspection> {
  const refusal = refuseBySize(bytes);
  if (refusal) return { ok: false, reason: refusal };
  const format = sniffPhotoFormat(bytes);
  if (!format) return { ok: false, reason: "photo-wrong-type" };
  return inspectionLane(async () => {
    const header = await readHeader(bytes);
    if (!header.ok) return header;
    try {
      // Both sides bounded: by its width alone a strip one pixel wide would grow to gigabytes.
      const within = { width: 64, height: 64, fit: "inside", withoutEnlargement: true } as const;
      await open(bytes)
        .resize({ ...within, kernel: "nearest" })
        .raw()
        .toBuffer();
    } catch {
      return { ok: false, reason: "photo-damaged" };
    }
    return { ok: true, format, width: header.width, height: header.height };
  });
}

/**
 * Makes what the public sees: upright, sRGB, without one byte of metadata, AVIF at 320, 640 and
 * 1280 pixels wide and a 640 JPEG for old browsers, never larger than the original. The largest is
 * 1280 on its longest side: that lets a 12-MP JPEG be decoded at half size, once, and each smaller
 * picture is made from the one before. AVIF effort 0: higher efforts cost up to eight times the
 * CPU and make no smaller file at the same fidelity.
 */
export async function makeVariants(bytes: Uint8Array): Promise<MadeVariants> {
  const refusal = refuseBySize(bytes);
  if (refusal) return { ok: false, reason: refusal };
  if (!sniffPhotoFormat(bytes)) return { ok: false, reason: "photo-wrong-type" };
  return makingLane(async () => {
    const header = await readHeader(bytes);
    if (!header.ok) return header;
    const large = await decodeUpright(bytes, header.orientation);
    if (!large) return { ok: false, reason: "photo-damaged" };
    const medium = await shrink(large, 640);
    const small = await shrink(medium, 320);
    const variants = [await encode(small, 320, "avif")];
    if (medium.info.width > small.info.width) variants.push(await encode(medium, 640, "avif"));
    if (large.info.width > medium.info.width) variants.push(await encode(large, 1280, "avif"));
    variants.push(await encode(medium, 640, "jpeg"));
    const { width, height } = large.info;
    return { ok: true, width, height, placeholder: await tinyPlaceholder(small), variants };
  });
}

interface Pixels {
  data: Buffer;
  info: { width: number; height: number; channels: 1 | 2 | 3 | 4 };
}
type Header =
  | { ok: true; width: number; height: number; orientation: number }
  | { ok: false; reason: PhotoRefusal };

function refuseBySize(bytes: Uint8Array): PhotoRefusal | null {
  if (bytes.byteLength === 0) return "photo-empty";
  return bytes.byteLength > MAX_PHOTO_BYTES ? "photo-too-large" : null;
}

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

// Of an animation, the first frame is the photo (sharp reads one page unless told otherwise).
function open(bytes: Uint8Array) {
  return sharp(bytes, { failOn: "truncated", limitInputPixels: MAX_PHOTO_PIXELS });
}

// Turned after shrinking, not by autoOrient before it: a turn needs all pixels in memory.
async function decodeUpright(bytes: Uint8Array, orientation: number): Promise<Pixels | null> {
  try {
    const lying = await pixels(
      open(bytes)
        .resize({
          width: LONGEST_SIDE,
          height: LONGEST_SIDE,
          fit: "inside",
          withoutEnlargement: true,
        })
        .flatten({ background: "#ffffff" })
        .toColourspace("srgb"),
    );
    const { angle, flop } = turnFor(orientation);
    if (angle === 0 && !flop) return lying;
    const turned = await pixels(raw(lying).rotate(angle));
    return flop ? await pixels(raw(turned).flop()) : turned;
  } catch {
    return null;
  }
}

function raw(from: Pixels) {
  return sharp(from.data, { raw: from.info });
}

function pixels(image: Sharp): Promise<Pixels> {
  return image.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
}

async function shrink(from: Pixels, width: number): Promise<Pixels> {
  if (from.info.width <= width) return from;
  return pixels(raw(from).resize({ width }));
}

async function encode(
  from: Pixels,
  nominalWidth: keyof typeof AVIF_QUALITY,
  format: "avif" | "jpeg",
): Promise<MadeVariant> {
  const encoded =
    format === "avif"
      ? raw(from).avif({
          effort: 0,
          quality: AVIF_QUALITY[nominalWidth],
          chromaSubsampling: "4:2:0",
          tune: "ssim",
        })
      : raw(from).jpeg({ quality: 70 });
  return {
    suffix: `${nominalWidth}.${format === "avif" ? "avif" : "jpg"}`,
    format,
    contentType: `image/${format}`,
    width: from.info.width,
    height: from.info.height,
    bytes: await encoded.toBuffer(),
  };
}

async function tinyPlaceholder(from: Pixels): Promise<string> {
  for (const side of [12, 8, 5]) {
    const webp = await raw(from)
      .resize({ width: side, height: side, fit: "inside" })
      .webp({ quality: 20 })
      .toBuffer();
    const uri = `data:image/webp;base64,${webp.toString("base64")}`;
    if (uri.length <= PLACEHOLDER_CHARS) return uri;
  }
  throw new Error("a five-pixel placeholder does not fit");
}
