import { deflateSync, gzipSync } from "node:zlib";
import sharp from "sharp";
import type { Random } from "#db/seed/random.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { heavyFiles } from "./heavy-files.ts";
import { chunk, png } from "./png.ts";
import { slowFiles } from "./slow-files.ts";

/** What must become of it: taken, refused for this reason, or either ("any"), but answered. */
export type Hostile = { name: string; wanted: string; bytes: Buffer };

/** Stands in everything that must not come out again. */
export const CANARY = "secret-orchard";
const MEGABYTE = 1024 * 1024;
const FORMATS = ["jpeg", "png", "webp", "avif"] as const;

const red = () => sharp({ create: { width: 300, height: 200, channels: 3, background: "#c33" } });
const noisy = () => {
  const data = Buffer.alloc(300 * 200 * 3).map((_, at) => (at * 7919) % 251);
  return sharp(data, { raw: { width: 300, height: 200, channels: 3 } });
};
const canary = Buffer.from(CANARY);
const text = (words: string) => Buffer.from(words, "latin1");
const ftyp = (brand: string, ...more: string[]) =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 16 + more.length * 4]),
    text(`ftyp${brand}\0\0\0\0${more.join("")}`),
    Buffer.alloc(400),
  ]);

/** A segment of a JPEG behind its first two bytes. */
function inside(jpeg: Buffer, marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
}

async function truncated(): Promise<Hostile[]> {
  const all: Hostile[] = [];
  for (const format of FORMATS) {
    const whole = await noisy()
      .toFormat(format, format === "avif" ? { effort: 0 } : {})
      .toBuffer();
    for (let tenth = 1; tenth <= 9; tenth++) {
      const bytes = whole.subarray(0, Math.floor((whole.length * tenth) / 10));
      all.push({ name: `${format} cut at ${tenth} tenths`, wanted: "photo-damaged", bytes });
    }
  }
  return all;
}

function bombs(): Hostile[] {
  const zText = (length: number) =>
    chunk("zTXt", Buffer.concat([text("Comment\0\0"), deflateSync(Buffer.alloc(length, canary))]));
  return [
    { name: "60 megapixels in 8 kB", wanted: "photo-too-many-pixels", bytes: png(10_000, 6_000) },
    {
      name: "4 gigapixels that are not there",
      wanted: "photo-too-many-pixels",
      bytes: png(65_535, 65_535, { rows: 1 }),
    },
    {
      name: "2 gigapixels in one row",
      wanted: "any",
      bytes: png(2_147_483_647, 1, { rows: 0 }),
    },
    {
      name: "12 megapixels that are not there",
      wanted: "photo-damaged",
      bytes: png(4_000, 3_000, { rows: 9 }),
    },
    { name: "1 × 65,535", wanted: "taken", bytes: png(1, 65_535) },
    { name: "65,535 × 1", wanted: "taken", bytes: png(65_535, 1) },
    {
      name: "a comment of 64 MB, packed",
      wanted: "any",
      bytes: png(9, 9, { extra: [zText(64 * MEGABYTE)] }),
    },
    {
      name: "15 MB of junk in a PNG",
      wanted: "any",
      bytes: png(9, 9, { extra: [chunk("juNk", Buffer.alloc(15 * MEGABYTE, canary))] }),
    },
    { name: "21 MB", wanted: "photo-too-large", bytes: Buffer.alloc(21 * MEGABYTE, 0xff) },
    { name: "20 MB of nothing", wanted: "photo-wrong-type", bytes: Buffer.alloc(20 * MEGABYTE) },
    { name: "an empty file", wanted: "photo-empty", bytes: Buffer.alloc(0) },
  ];
}

/** As many pixels as are taken of what is no JPEG and must be in memory whole; and some more. */
async function unshrinkable(): Promise<Hostile[]> {
  const plain = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 4, background: "#3a39" } });
  const deep = plain(4_032, 3_024).toColourspace("rgb16").png({ progressive: true });
  const fine = noisy().resize(4_032, 3_024, { fit: "fill" }).avif({ effort: 0, quality: 30 });
  const larger = plain(5_000, 4_000).avif({ effort: 0 });
  return [
    { name: "12 megapixels of AVIF", wanted: "taken", bytes: await fine.toBuffer() },
    {
      name: "12 megapixels of interlaced PNG, 16 bits deep",
      wanted: "taken",
      bytes: await deep.toBuffer(),
    },
    {
      name: "20 megapixels of AVIF",
      wanted: "photo-too-many-pixels",
      bytes: await larger.toBuffer(),
    },
  ];
}

async function polyglots(): Promise<Hostile[]> {
  const jpeg = await red().jpeg().toBuffer();
  const script = text(`<script>alert("${CANARY}")</script>`);
  const zip = text(`PK\x03\x04${CANARY}`);
  return [
    { name: "a JPEG with a script inside", wanted: "taken", bytes: inside(jpeg, 0xfe, script) },
    { name: "a JPEG with a page behind", wanted: "taken", bytes: Buffer.concat([jpeg, script]) },
    { name: "a JPEG with a ZIP behind", wanted: "taken", bytes: Buffer.concat([jpeg, zip]) },
    {
      name: "a JPEG with 60 kB of EXIF junk",
      wanted: "taken",
      bytes: inside(jpeg, 0xe1, Buffer.concat([text("Exif\0\0"), Buffer.alloc(60_000, canary)])),
    },
    {
      name: "a JPEG with a preview inside",
      wanted: "taken",
      bytes: inside(jpeg, 0xe2, Buffer.concat([text("MPF\0"), jpeg, canary])),
    },
    {
      name: "a GIF in front of a JPEG",
      wanted: "photo-wrong-type",
      bytes: Buffer.concat([text("GIF89a/*"), jpeg]),
    },
    {
      name: "a PDF in front of a JPEG",
      wanted: "photo-wrong-type",
      bytes: Buffer.concat([text("%PDF-1.7\n"), jpeg]),
    },
    {
      name: "a page in front of a JPEG",
      wanted: "photo-wrong-type",
      bytes: Buffer.concat([script, jpeg]),
    },
    {
      name: "a ZIP in front of a JPEG",
      wanted: "photo-wrong-type",
      bytes: Buffer.concat([zip, jpeg]),
    },
    {
      name: "a JPEG's first bytes before a page",
      wanted: "photo-damaged",
      bytes: Buffer.concat([jpeg.subarray(0, 20), script]),
    },
    {
      name: "a JPEG that calls itself AVIF",
      wanted: "photo-damaged",
      bytes: Buffer.concat([ftyp("avif", "avif"), jpeg]),
    },
  ];
}

async function strangers(): Promise<Hostile[]> {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
  const laughs = `<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "${"&a;".repeat(99)}">]>${svg}`;
  const others: [string, Buffer][] = [
    ["an SVG", text(svg)],
    ["an SVG that laughs", text(laughs)],
    ["an SVG, packed", gzipSync(svg)],
    ["a HEIC", ftyp("heic", "mif1", "heic")],
    ["a HEIC that calls itself mif1", ftyp("mif1", "heic")],
    ["a film", ftyp("isom", "mp42")],
    ["a GIF", await red().gif().toBuffer()],
    ["a TIFF", await red().tiff().toBuffer()],
    ["a program", text("\x7fELF\x02\x01\x01")],
    ["a letter named photo.jpg", text("no photo at all")],
    ["one byte", Buffer.from([0xff])],
  ];
  return others.map(([name, bytes]) => ({ name, wanted: "photo-wrong-type", bytes }));
}

async function odd(random: Random): Promise<Hostile[]> {
  const frames = Buffer.alloc(60 * 80 * 3, 200).fill(0, 60 * 40 * 3);
  const film = sharp(frames, { raw: { width: 60, height: 80, channels: 3, pageHeight: 40 } });
  const phone = (orientation: number) => phonePhoto({ width: 800, height: 600, orientation });
  const jpeg = await noisy().jpeg().toBuffer();
  const taken: [string, Buffer][] = [
    ["an animated WebP", await film.webp({ delay: [99, 99], loop: 0 }).toBuffer()],
    ["a progressive JPEG", await noisy().jpeg({ progressive: true }).toBuffer()],
    ["a PNG of 16 bits", await red().toColourspace("rgb16").png().toBuffer()],
    ["a 12-megapixel photo with GPS", await phonePhoto()],
  ];
  for (const orientation of [2, 5, 8]) {
    taken.push([`a photo with GPS, turned ${orientation}`, await phone(orientation)]);
  }
  const flipped = Array.from({ length: 8 }, (_, number) => {
    const bytes = Buffer.from(jpeg);
    for (let flip = 0; flip < 20; flip++)
      bytes[2 + random.between(0, bytes.length - 3)] = random.between(0, 255);
    return { name: `a JPEG with 20 wrong bytes, ${number + 1}`, wanted: "any", bytes };
  });
  const cmyk = await red().toColourspace("cmyk").jpeg().toBuffer();
  return [
    ...taken.map(([name, bytes]) => ({ name, wanted: "taken", bytes })),
    { name: "a CMYK JPEG", wanted: "photo-unusual", bytes: cmyk },
    ...flipped,
  ];
}

/** Every file that nobody should send, made anew. */
export async function hostileFiles(random: Random): Promise<Hostile[]> {
  const groups = [truncated(), bombs(), unshrinkable(), polyglots(), strangers(), odd(random)];
  return [...(await Promise.all(groups)).flat(), ...(await slowFiles()), ...(await heavyFiles())];
}
