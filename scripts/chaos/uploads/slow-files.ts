import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { manyScans } from "#tests/factories/many-scans.ts";
import type { Hostile } from "./hostile-files.ts";

/** Nothing in it can be guessed, so that a decoder has the most to do. */
const noise = (width: number, height: number) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });

/** As if in arithmetic coding, which a decoder goes through ten times as slowly. */
async function arithmetic(width: number, height: number): Promise<Buffer> {
  const jpeg = await noise(width, height).jpeg({ quality: 60 }).toBuffer();
  jpeg[jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 1] = 0xc9;
  return jpeg;
}

/** Files that are whole photos, and cost a decoder as much as can be had for their size. */
export async function slowFiles(): Promise<Hostile[]> {
  const prog = { progressive: true, chromaSubsampling: "4:4:4" };
  const wide = noise(3_000, 2_000).toColourspace("rgb16").withIccProfile("p3");
  const kinds: [name: string, wanted: string, bytes: () => Promise<Buffer>][] = [
    [
      "10 MB of JPEG in CMYK",
      "photo-unusual",
      () => noise(5_000, 4_000).toColourspace("cmyk").jpeg({ quality: 20 }).toBuffer(),
    ],
    ["50 megapixels in 800 scans", "photo-unusual", async () => manyScans(7_000, 7_000, 800)],
    ["12 megapixels in 800 scans", "photo-unusual", async () => manyScans(4_000, 3_000, 800)],
    ["20 megapixels in 60 scans", "taken", async () => manyScans(5_000, 4_000, 60)],
    [
      "12 megapixels of noise in a progressive JPEG",
      "taken",
      () =>
        noise(4_000, 3_000)
          .jpeg({ quality: 70, ...prog })
          .toBuffer(),
    ],
    [
      "40 megapixels of noise in a JPEG",
      "taken",
      () => noise(8_000, 5_000).jpeg({ quality: 60 }).toBuffer(),
    ],
    ["24 megapixels of JPEG in arithmetic coding", "photo-unusual", () => arithmetic(6_000, 4_000)],
    [
      "8 megapixels of noise in an AVIF",
      "photo-unusual",
      () => noise(4_000, 2_000).avif({ effort: 0, quality: 60 }).toBuffer(),
    ],
    [
      "12 megapixels of noise in a WebP",
      "taken",
      () => noise(4_000, 3_000).webp({ effort: 0, quality: 70 }).toBuffer(),
    ],
    ["6 megapixels of deep PNG with a profile", "any", () => wide.png().toBuffer()],
  ];
  const files: Hostile[] = [];
  for (const [name, wanted, bytes] of kinds) files.push({ name, wanted, bytes: await bytes() });
  return files;
}
