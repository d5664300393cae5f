import type { PhotoFormat } from "./sniff-photo-format.ts";

/** A run of a file's bytes that is left out. */
type Cut = { from: number; to: number };

/** What says how to read the pixels, of each the first; all else beside them is for other programs. */
const PNG_KEPT = ["gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "tRNS", "eXIf"];
const WEBP_KEPT = ["VP8X", "ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L", "EXIF"];
/** No profile and no EXIF is larger; packed, a hundred times as much would still be unpacked at once. */
const MOST_BESIDE = 512 * 1024;
const MOST_PROFILE_PARTS = 255; // they are numbered by one byte (ICC.1:2022, B.4)

const JPEG = {
  comment: 0xfe,
  firstApp: 0xe0,
  lastApp: 0xef,
  exif: 0xe1,
  profile: 0xe2,
  scan: 0xda,
};
const JPEG_KEPT = [0xe0, 0xee]; // JFIF and Adobe's: how colours are written

/**
 * The same photo without what costs a decoder time and nobody sees: comments, packed texts, copies,
 * and of an animation every frame but the first. It is cut by its outer structure alone, in one walk
 * that reads no pixel; from where that is broken on, the bytes stay as they are, for the decoder to
 * refuse. AVIF stays as it is: there is little of it (read-photo-header.ts).
 */
export function leanPhoto(bytes: Uint8Array, format: PhotoFormat): Uint8Array {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === "png") return without(file, pngCuts(file));
  if (format === "jpeg") return without(file, jpegCuts(file));
  if (format === "webp") return resized(file, without(file, webpCuts(file)));
  return bytes;
}

function without(file: Buffer, cuts: readonly Cut[]): Buffer {
  if (cuts.length === 0) return file;
  const starts = [0, ...cuts.map(({ to }) => to)];
  const ends = [...cuts.map(({ from }) => from), file.length];
  return Buffer.concat(starts.map((start, index) => file.subarray(start, ends[index])));
}

/** Collects what is left out: neighbours are one, so that a million of them cost no more than one. */
function collect() {
  const cuts: Cut[] = [];
  const leaveOut = (from: number, to: number) => {
    const last = cuts.at(-1);
    if (last?.to === from) last.to = to;
    else cuts.push({ from, to });
  };
  return { cuts, leaveOut };
}

/** Length, name, data, checksum (ISO/IEC 15948, 5.3); a small first letter: not needed to be read. */
function pngCuts(file: Buffer): Cut[] {
  const { cuts, leaveOut } = collect();
  const seen = new Set<string>();
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > file.length) break;
    const name = file.toString("latin1", at + 4, at + 8);
    const isNeeded = name < "a";
    const isKept = PNG_KEPT.includes(name) && !seen.has(name) && length <= MOST_BESIDE;
    if (!isNeeded && !isKept) leaveOut(at, end);
    seen.add(name);
    at = end;
  }
  return cuts;
}

/** Name, length, data, filled up to an even number (RFC 9649, 2.3). */
function webpCuts(file: Buffer): Cut[] {
  const { cuts, leaveOut } = collect();
  const seen = new Set<string>();
  for (let at = 12; at + 8 <= file.length; ) {
    const length = file.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (end > file.length) break;
    const name = file.toString("latin1", at, at + 4);
    if (!WEBP_KEPT.includes(name) || seen.has(name)) leaveOut(at, end);
    seen.add(name);
    at = end;
  }
  return cuts;
}

/** What it says of its own length is as wrong afterwards as it was before: a cut photo stays one. */
function resized(before: Buffer, after: Buffer): Buffer {
  if (before === after) return before;
  const said = before.readUInt32LE(4) - (before.length - after.length);
  after.writeUInt32LE(Math.max(0, said), 4);
  return after;
}

/** The segments up to the first scan: a marker, the length with itself, data (ITU-T T.81, B.1.1.4). */
function jpegCuts(file: Buffer): Cut[] {
  const { cuts, leaveOut } = collect();
  const seen = new Set<number>();
  let profileParts = 0;
  for (let at = 2; at + 4 <= file.length && file[at] === 0xff; ) {
    const marker = file[at + 1] ?? 0;
    const end = at + 2 + file.readUInt16BE(at + 2);
    if (marker < 0xc0 || marker === 0xff || marker === JPEG.scan || end > file.length) break;
    const isExif = marker === JPEG.exif && file.toString("latin1", at + 4, at + 8) === "Exif";
    const isFirst = (isExif || JPEG_KEPT.includes(marker)) && !seen.has(marker);
    if (isFirst) seen.add(marker);
    const isProfile = marker === JPEG.profile && ++profileParts <= MOST_PROFILE_PARTS;
    const isBeside = marker === JPEG.comment || (marker >= JPEG.firstApp && marker <= JPEG.lastApp);
    if (isBeside && !isFirst && !isProfile) leaveOut(at, end);
    at = end;
  }
  return cuts;
}
