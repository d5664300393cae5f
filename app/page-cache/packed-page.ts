import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { isKnownTag } from "#app/gateways/entity-tag.ts";

export type Encoding = "br" | "gzip" | "identity";

/** A page's bytes in one encoding, with the headers of its answers as node writes them. */
type Packed = { body: Buffer; etag: string; headers: string[]; unchanged: string[] };

export type PackedPage = { bytes: number; in: Record<Encoding, Packed> };

/** Beyond 6 a page of 40 kB takes ten times as long for a tenth fewer bytes. */
const QUALITY = 6;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
/** A key holds more than the key's own letters; what a Map and its entries take is guessed. */
const OVERHEAD = 2_000;

/**
 * Packs a page once for all who ask for it. Its ETag is strong: a hash of the page and its
 * encoding, so two that are equal are so byte by byte.
 *
 * "private, no-cache": the page in this address depends on cookies, so no cache on the way may hand
 * it on; the reader's own browser keeps it and asks before each showing whether it is still so. A
 * longer life would show her the page of before she signed in, or of before a listing was withdrawn.
 */
export async function packPage(
  html: string,
  secured: Readonly<Record<string, string>>,
): Promise<PackedPage> {
  const identity = Buffer.from(html);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: identity.byteLength,
  };
  const [br, gzipped] = await Promise.all([brotli(identity, { params }), zip(identity)]);
  const hash = createHash("sha256").update(identity).digest("base64url").slice(0, 22);
  const pack = (body: Buffer, encoding: Encoding): Packed => {
    const etag = `"${hash}-${encoding}"`;
    // What a cache needs to know of either answer; the rest it has from the first.
    const unchanged = {
      ETag: etag,
      Vary: "Accept-Encoding, Cookie",
      "Cache-Control": "private, no-cache",
    };
    const whole = {
      "Content-Type": "text/html; charset=utf-8",
      ...(encoding === "identity" ? {} : { "Content-Encoding": encoding }),
      "Content-Length": String(body.byteLength),
      // What a reader may open next mostly stands ready too.
      "Speculation-Rules": '"/speculation-rules.json"',
      ...unchanged,
      ...secured,
    };
    return {
      ...{ body, etag },
      headers: Object.entries(whole).flat(),
      unchanged: Object.entries(unchanged).flat(),
    };
  };
  return {
    bytes: identity.byteLength + br.byteLength + gzipped.byteLength + OVERHEAD,
    in: {
      br: pack(br, "br"),
      gzip: pack(gzipped, "gzip"),
      identity: pack(identity, "identity"),
    },
  };
}

export type PageAnswer = { status: 200 | 304; headers: string[]; body: Buffer | null };

export type PageRequest = {
  method: string | undefined;
  acceptEncoding: string | undefined;
  ifNoneMatch: string | undefined;
};

/** What a request for this page is answered: the page, its headers alone, or that it is unchanged. */
export function answerWith({ in: packed }: PackedPage, request: PageRequest): PageAnswer {
  const { body, etag, headers, unchanged } = packed[encodingFor(request.acceptEncoding)];
  if (isKnownTag(request.ifNoneMatch, etag)) {
    return { status: 304, headers: unchanged, body: null };
  }
  return { status: 200, headers, body: request.method === "HEAD" ? null : body };
}

/** Browsers say the same few things; what anybody makes up is read, and not remembered beyond these. */
const known = new Map<string, Encoding>();
const MOST_KNOWN = 100;

/** The smallest of what a browser says that it can unpack. */
export function encodingFor(accepted = ""): Encoding {
  const before = known.get(accepted);
  if (before) return before;
  const encoding = takes(accepted, "br") ? "br" : takes(accepted, "gzip") ? "gzip" : "identity";
  if (known.size < MOST_KNOWN && accepted.length < MOST_KNOWN) known.set(accepted, encoding);
  return encoding;
}

function takes(accepted: string, encoding: string): boolean {
  const said = accepted.toLowerCase().split(",");
  const found = said.find((one) => one.split(";", 1)[0]?.trim() === encoding);
  return found !== undefined && !/;\s*q=0(\.0*)?\s*$/.test(found);
}
