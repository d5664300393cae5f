import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { manyScans } from "#tests/factories/many-scans.ts";
import { stripPhoto } from "./strip-photo.ts";

const plain = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background: "#3a3" } });
const MEGABYTE = 1024 * 1024;

/** An AVIF box, or a chunk of a WebP, that no decoder looks at. */
function withJunk(photo: Buffer, bytes: number): Buffer {
  const isWebp = photo.toString("latin1", 0, 4) === "RIFF";
  const junk = Buffer.alloc(bytes);
  junk.write(isWebp ? "JUNK" : "free", isWebp ? 0 : 4, "latin1");
  if (!isWebp) junk.writeUInt32BE(bytes);
  else junk.writeUInt32LE(bytes - 8, 4);
  const whole = Buffer.concat([photo, junk]);
  if (isWebp) whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}

/** Scans that each say that they go over a whole block. */
function ofAllFrequencies(scans: number): Buffer {
  const jpeg = manyScans(5_000, 4_000, scans);
  const marker = Buffer.from([0xff, 0xda]);
  for (let at = jpeg.indexOf(marker); at >= 0; at = jpeg.indexOf(marker, at + 2)) {
    if (jpeg[at + 7] !== 0) jpeg.set([1, 63], at + 7);
  }
  return jpeg;
}

/** Says of itself that it is in arithmetic coding; `before` stands in front of the frame. */
async function arithmetic(before: number[] = [], progressive = false): Promise<Buffer> {
  const jpeg = await plain(300, 200).jpeg({ progressive }).toBuffer();
  const at = jpeg.indexOf(Buffer.from([0xff, progressive ? 0xc2 : 0xc0]));
  jpeg[at + 1] = progressive ? 0xca : 0xc9;
  return Buffer.concat([jpeg.subarray(0, at), Buffer.from(before), jpeg.subarray(at)]);
}

type Case = [name: string, bytes: () => Promise<Buffer>];

const REFUSED: Case[] = [
  ["a JPEG for printing, in CMYK", () => plain(300, 200).toColourspace("cmyk").jpeg().toBuffer()],
  ["a JPEG in arithmetic coding", () => arithmetic()],
  ["a JPEG in arithmetic coding that comes in scans", () => arithmetic([], true)],
  ["a JPEG in arithmetic coding behind junk", () => arithmetic([0, 0xff, 0, 7, 0xff, 0xff])],
  ["a JPEG of 61 scans", async () => manyScans(300, 200, 61)],
  ["20 megapixels of 60 scans, each of all frequencies", async () => ofAllFrequencies(60)],
  [
    "more than 20 megapixels that come in scans",
    () => plain(5_000, 4_100).jpeg({ progressive: true }).toBuffer(),
  ],
  [
    "8 megapixels of AVIF, see-through",
    () => plain(4_000, 2_000, 4).avif({ effort: 0 }).toBuffer(),
  ],
  [
    "8 megapixels of AVIF, 10 bits deep",
    () => plain(4_000, 2_000).avif({ effort: 0, bitdepth: 10 }).toBuffer(),
  ],
  [
    "more than 2 MB of AVIF",
    async () => withJunk(await plain(300, 200).avif({ effort: 0 }).toBuffer(), 2 * MEGABYTE),
  ],
  [
    "more than 8 MB of WebP",
    async () => withJunk(await plain(300, 200).webp().toBuffer(), 8 * MEGABYTE),
  ],
];

const TAKEN: Case[] = [
  [
    "a JPEG whose comment has the mark of arithmetic coding",
    async () => {
      const jpeg = await plain(300, 200).jpeg().toBuffer();
      const comment = Buffer.from([0xff, 0xe2, 0, 8, 0xff, 0xc9, 0, 8, 8, 1]);
      return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
    },
  ],
  ["a JPEG of sixty scans", async () => manyScans(300, 200, 60)],
  ["a JPEG of ten scans", () => plain(4_000, 3_000).jpeg({ progressive: true }).toBuffer()],
  [
    "a small AVIF, see-through and 10 bits deep",
    () => plain(300, 200, 4).avif({ effort: 0, bitdepth: 10 }).toBuffer(),
  ],
  [
    "1 MB of AVIF",
    async () => withJunk(await plain(300, 200).avif({ effort: 0 }).toBuffer(), MEGABYTE),
  ],
  ["7 MB of WebP", async () => withJunk(await plain(300, 200).webp().toBuffer(), 7 * MEGABYTE)],
];

describe("what no phone takes and would keep a core for long", () => {
  test.each(REFUSED)("is refused with its reason: %s", async (_name, bytes) => {
    expect(await stripPhoto(await bytes())).toEqual({ ok: false, reason: "photo-unusual" });
  });

  test.each(TAKEN)("is not: %s", async (_name, bytes) => {
    expect(await stripPhoto(await bytes())).toMatchObject({ ok: true });
  });
});

test.each([
  ["png", 8],
  ["png", 16],
] as const)(
  "a wide-gamut %s of %i bits keeps its colours when its profile goes",
  async (format, bits) => {
    const wide = sharp({ create: { width: 60, height: 40, channels: 3, background: "#c83c1e" } })
      .toColourspace(bits === 16 ? "rgb16" : "srgb")
      .withIccProfile("p3");
    const stripped = await stripPhoto(await wide.toFormat(format).toBuffer());
    const { data } = await sharp(stripped.ok ? stripped.master : undefined)
      .resize(1, 1)
      .raw()
      .toBuffer({ resolveWithObject: true });
    const meant = [200, 60, 30];
    for (const [channel, value] of meant.entries()) {
      expect(Math.abs((data[channel] ?? 0) - value), `${channel}`).toBeLessThan(6);
    }
  },
);
