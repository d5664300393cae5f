import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";

const inflate = promisify(inflateRaw);

/** All that is unpacked of one file: a table of ten thousand lines is a fifth of it. */
const MOST_BYTES = 24_000_000;
const MOST_ENTRIES = 2_000;
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const MOST_COMMENT = 65_535;
const ENCRYPTED = 1;
const DEFLATED = 8;

type Entry = { method: number; flags: number; packed: number; offset: number };

/** Says why a file is not read on: it is broken, or unpacks to more than any table of ours. */
export class UnreadableZip extends Error {
  reason: "not-a-table" | "too-large";
  constructor(reason: "not-a-table" | "too-large") {
    super(reason);
    this.reason = reason;
  }
}
const broken = () => new UnreadableZip("not-a-table");

function findEnd(view: DataView): number {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= 0 && at >= last - MOST_COMMENT; at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw broken();
}

function readEntries(bytes: Uint8Array, view: DataView): Map<string, Entry> {
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  if (count > MOST_ENTRIES) throw new UnreadableZip("too-large");
  const entries = new Map<string, Entry>();
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (view.getUint32(at, true) !== ENTRY) throw broken();
    const length = (offset: number) => view.getUint16(at + offset, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length(28)));
    entries.set(name, {
      ...{ flags: length(8), method: length(10) },
      ...{ packed: view.getUint32(at + 20, true), offset: view.getUint32(at + 42, true) },
    });
    at += 46 + length(28) + length(30) + length(32);
  }
  return entries;
}

/**
 * Opens a ZIP archive (APPNOTE.TXT of PKWARE; no ZIP64, nothing encrypted), of which files are
 * unpacked one by one as text: whatever the archive says of their sizes, never more than
 * 24 MB in all are unpacked. Throws UnreadableZip.
 */
export function openZip(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = guarded(() => readEntries(bytes, view));
  let left = MOST_BYTES;
  async function read(name: string): Promise<string | null> {
    const entry = entries.get(name);
    if (!entry) return null;
    const data = guarded(() => packedBytes(bytes, view, entry));
    const unpacked = entry.method === DEFLATED ? await unpack(data, left) : data;
    if (unpacked.byteLength > left) throw new UnreadableZip("too-large");
    left -= unpacked.byteLength;
    return new TextDecoder().decode(unpacked);
  }
  return { read };
}

function packedBytes(bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array {
  const { method, flags, packed, offset } = entry;
  const isReadable = (method === 0 || method === DEFLATED) && (flags & ENCRYPTED) === 0;
  if (!isReadable || view.getUint32(offset, true) !== LOCAL) throw broken();
  const from = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (from + packed > bytes.byteLength) throw broken();
  return bytes.subarray(from, from + packed);
}

async function unpack(data: Uint8Array, most: number): Promise<Uint8Array> {
  try {
    return await inflate(data, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    const isBomb =
      error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    throw new UnreadableZip(isBomb ? "too-large" : "not-a-table");
  }
}

/** Of what points outside the file nothing is read. */
function guarded<Done>(read: () => Done): Done {
  try {
    return read();
  } catch (error) {
    throw error instanceof RangeError ? broken() : error;
  }
}
