import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { chunk, png } from "#scripts/chaos/uploads/png.ts";

const text = (words: string) => Buffer.from(words, "latin1");
const repeated = (times: number, what: Buffer) => Buffer.alloc(times * what.length, what);

function u24(value: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntLE(value, 0, 3);
  return bytes;
}

function riffChunk(name: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  return Buffer.concat([text(name), length, data, Buffer.alloc(data.length % 2)]);
}

/** An animated WebP of 64 × 64 whose frames are one pixel each: a decoder compares each with all. */
export async function film(frames: number): Promise<Buffer> {
  const create = { width: 1, height: 1, channels: 3, background: "#151" } as const;
  const one = (await sharp({ create }).webp({ lossless: true }).toBuffer()).subarray(12);
  const place = [u24(0), u24(0), u24(0), u24(0), u24(10), Buffer.alloc(1)];
  const frame = riffChunk("ANMF", Buffer.concat([...place, one]));
  const canvas = Buffer.concat([Buffer.from([2, 0, 0, 0]), u24(63), u24(63)]);
  const body = [riffChunk("VP8X", canvas), riffChunk("ANIM", Buffer.alloc(6))];
  return riffChunk("RIFF", Buffer.concat([text("WEBP"), ...body, repeated(frames, frame)]));
}

/** A PNG of 64 × 64 with comments beside it that are large once they are unpacked. */
export function packedTexts(count: number, megabytes: number): Buffer {
  const packed = deflateSync(Buffer.alloc(megabytes * 1_000_000), { level: 9 });
  const comment = chunk("zTXt", Buffer.concat([text("Comment\0\0"), packed]));
  return png(64, 64, { extra: [repeated(count, comment)] });
}

/** A JPEG with as many segments of one kind before its picture. */
export async function manySegments(
  count: number,
  marker: number,
  words: string,
  more: Buffer = Buffer.alloc(0),
): Promise<Buffer> {
  const create = { width: 300, height: 200, channels: 3, background: "#c33" } as const;
  const jpeg = await sharp({ create }).jpeg().toBuffer();
  const data = text(words);
  const segment = Buffer.concat([Buffer.from([0xff, marker, 0, data.length + 2]), data]);
  return Buffer.concat([jpeg.subarray(0, 2), repeated(count, segment), more, jpeg.subarray(2)]);
}

/** An AVIF with empty boxes among those that say what it is. */
export async function manyBoxes(count: number): Promise<Buffer> {
  const create = { width: 300, height: 200, channels: 3, background: "#c33" } as const;
  const avif = await sharp({ create }).avif({ effort: 0 }).toBuffer();
  const meta = avif.indexOf("meta") - 4;
  const end = meta + avif.readUInt32BE(meta);
  const boxes = repeated(count, Buffer.concat([Buffer.from([0, 0, 0, 8]), text("free")]));
  const file = Buffer.concat([avif.subarray(0, end), boxes, avif.subarray(end)]);
  file.writeUInt32BE(end - meta + boxes.length, meta);
  return file;
}
