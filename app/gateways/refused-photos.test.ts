import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { makeVariants } from "./photo-pipeline.ts";
import { stripPhoto } from "./strip-photo.ts";

const red = () => sharp({ create: { width: 300, height: 200, channels: 3, background: "#c33" } });
const ftyp = (brand: string, ...compatible: string[]) =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 16 + compatible.length * 4]),
    Buffer.from(`ftyp${brand}\0\0\0\0${compatible.join("")}`),
    Buffer.alloc(400),
  ]);

/** A valid PNG of one colour, small in bytes, huge in pixels. */
function pngBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height));
  const chunks = [chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc(body), body.length + 4);
  return framed;
}

function crc(bytes: Buffer): number {
  let state = 0xffffffff;
  for (const byte of bytes) {
    state ^= byte;
    for (let bit = 0; bit < 8; bit += 1)
      state = state & 1 ? (state >>> 1) ^ 0xedb88320 : state >>> 1;
  }
  return ~state >>> 0;
}

const cut = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.6));
const noisy = () => {
  const data = Buffer.alloc(300 * 200 * 3).map((_, at) => (at * 7919) % 251);
  return sharp(data, { raw: { width: 300, height: 200, channels: 3 } });
};

const REFUSED: [name: string, reason: string, bytes: () => Buffer | Promise<Buffer>][] = [
  ["an empty file", "photo-empty", () => Buffer.alloc(0)],
  ["60 megapixels in 8 kB", "photo-too-many-pixels", () => pngBomb(10_000, 6_000)],
  ["20 megapixels that are no JPEG", "photo-too-many-pixels", () => pngBomb(5_000, 4_000)],
  ["a JPEG cut off", "photo-damaged", async () => cut(await noisy().jpeg().toBuffer())],
  ["a PNG cut off", "photo-damaged", async () => cut(await noisy().png().toBuffer())],
  ["a WebP cut off", "photo-damaged", async () => cut(await noisy().webp().toBuffer())],
  [
    "an AVIF cut off",
    "photo-damaged",
    async () => cut(await noisy().avif({ effort: 0 }).toBuffer()),
  ],
  ["a JPEG's first bytes alone", "photo-damaged", () => Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
  [
    "an SVG",
    "photo-wrong-type",
    () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
  ],
  ["a HEIC", "photo-wrong-type", () => ftyp("heic", "mif1", "heic")],
  ["a HEIC that calls itself mif1", "photo-wrong-type", () => ftyp("mif1", "heic")],
  ["a GIF", "photo-wrong-type", () => red().gif().toBuffer()],
  ["a TIFF", "photo-wrong-type", () => red().tiff().toBuffer()],
  ["a text named photo.jpg", "photo-wrong-type", () => Buffer.from("not a photo at all")],
  [
    "a GIF in front of a JPEG",
    "photo-wrong-type",
    async () => Buffer.concat([Buffer.from("GIF89a/*"), await red().jpeg().toBuffer()]),
  ],
];

describe("is refused with its reason:", () => {
  test.each(REFUSED)("%s (%s)", async (_name, reason, bytes) => {
    expect(await stripPhoto(await bytes())).toEqual({ ok: false, reason });
  });
});

test("every loader but the four is closed, whatever the bytes are called", async () => {
  const gif = await red().gif().toBuffer();
  await expect(sharp(gif).metadata()).rejects.toThrow(/unsupported/);
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  await expect(sharp(svg).metadata()).rejects.toThrow(/unsupported/);
});

test.each(["jpeg", "png", "webp", "avif"] as const)("a whole %s is taken", async (format) => {
  const sent = await red()[format]().toBuffer();
  expect(await stripPhoto(sent)).toMatchObject({ ok: true, width: 300, height: 200 });
});

test("20 megapixels of a JPEG, which is made smaller while it is read, are taken", async () => {
  const create = { width: 5_000, height: 4_000, channels: 3, background: "#3a3" } as const;
  const sent = await sharp({ create }).jpeg().toBuffer();
  expect(await stripPhoto(sent)).toMatchObject({ ok: true, width: 5_000, height: 4_000 });
});

test.each([
  [1, 150_000],
  [150_000, 1],
])("a strip of %i × %i pixels takes no more memory than another photo", async (width, height) => {
  const sent = pngBomb(width, height);
  const mostMemory = () => process.resourceUsage().maxRSS * 1024;
  const before = mostMemory();
  const stripped = await stripPhoto(sent);
  expect(stripped).toMatchObject({ ok: true, width, height });
  if (stripped.ok) expect(await makeVariants(stripped.master)).toMatchObject({ ok: true });
  expect(mostMemory() - before).toBeLessThan(200_000_000);
});

test("of an animation the first frame is the photo", async () => {
  const frames = Buffer.alloc(60 * 80 * 3, 200);
  frames.fill(0, 60 * 40 * 3);
  const sent = await sharp(frames, { raw: { width: 60, height: 80, channels: 3, pageHeight: 40 } })
    .webp({ delay: [100, 100], loop: 0 })
    .toBuffer();
  expect((await sharp(sent).metadata()).pages).toBe(2);
  const stripped = await stripPhoto(sent);
  expect(stripped).toMatchObject({ ok: true, width: 60, height: 40 });
  const master = stripped.ok ? stripped.master : Buffer.alloc(0);
  expect(await makeVariants(master)).toMatchObject({ ok: true, width: 60, height: 40 });
});

test("what hides behind or inside a real JPEG is not kept", async () => {
  const jpeg = await red().jpeg().toBuffer();
  const script = Buffer.from("<script>alert(1)</script>PK\x03\x04");
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, script.length + 2]), script]);
  const sent = Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2), script]);
  const stripped = await stripPhoto(sent);
  if (!stripped.ok) throw new Error(stripped.reason);
  expect(Buffer.from(stripped.master).toString("latin1")).not.toContain("<script>");
});
