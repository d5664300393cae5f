import { fromPixels, type Pixels, sharp, toPixels } from "./guarded-sharp.ts";
import { oneAtATime } from "./one-at-a-time.ts";

const PLACEHOLDER_CHARS = 200;
// Shown at two or three device pixels a point, the larger pictures hide more.
const AVIF_QUALITY = { 320: 46, 640: 44, 1280: 38 } as const;

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
  | { ok: false; reason: "photo-damaged" };

// One picture at a time: people who browse come first.
const lane = oneAtATime();

/**
 * Makes what the public sees of a stripped photo: AVIF at 320, 640 and 1280 pixels wide and a 640
 * JPEG for old browsers, never larger than the photo, each from the one before. AVIF effort 0: higher efforts cost up to eight
 * times the CPU and make no smaller file at the same fidelity.
 */
export function makeVariants(master: Uint8Array): Promise<MadeVariants> {
  return lane(async () => {
    const large = await decode(master);
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

async function decode(master: Uint8Array): Promise<Pixels | null> {
  try {
    return await toPixels(sharp(master, { failOn: "truncated" }));
  } catch {
    return null;
  }
}

async function shrink(from: Pixels, width: number): Promise<Pixels> {
  if (from.info.width <= width) return from;
  return toPixels(fromPixels(from).resize({ width }));
}

async function encode(
  from: Pixels,
  nominalWidth: keyof typeof AVIF_QUALITY,
  format: "avif" | "jpeg",
): Promise<MadeVariant> {
  const encoded =
    format === "avif"
      ? fromPixels(from).avif({
          effort: 0,
          quality: AVIF_QUALITY[nominalWidth],
          chromaSubsampling: "4:2:0",
          tune: "ssim",
        })
      : fromPixels(from).jpeg({ quality: 70, optimiseCoding: false });
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
    const webp = await fromPixels(from)
      .resize({ width: side, height: side, fit: "inside" })
      .webp({ quality: 20 })
      .toBuffer();
    const uri = `data:image/webp;base64,${webp.toString("base64")}`;
    if (uri.length <= PLACEHOLDER_CHARS) return uri;
  }
  throw new Error("a five-pixel placeholder does not fit");
}
