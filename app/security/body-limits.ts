import type { Context, HonoRequest, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { isChanging } from "./changing.ts";
import { refusal } from "./refusal.ts";

const MEGABYTE = 1024 * 1024;
const GENERAL = 1 * MEGABYTE;
/**
 * Six photos of 20 MB are the most that is kept. Up to this the form is read all the same, so that
 * it comes back filled and says which photo was too large: what was typed stands behind the photos.
 * Of more than this nothing more is read. It is what a line of 28 Mbit/s sends in the five minutes
 * that node gives any request; whoever is slower is better told at once.
 */
const PHOTO_FORM = 1024 * MEGABYTE;
const CLOSE = { Connection: "close" };

/** What a cooperative lists for a household of its own, mends and edits. */
const ON_BEHALF = /^\/coop\/listings\/(new\/[\w-]{36}(\/[\w-]{36})?|[\w-]{36}\/(mend|edit))$/;

/** The forms that bring photos: the whole offer at once, the first page of a draft, an edit. */
const PHOTO_FORMS =
  /^\/farm\/(offers|listings\/(new\/whole|drafts\/[\w-]{36}\/photos|[\w-]{36}\/edit))$/;

/** A table of ten thousand lines, with what else a form brings. */
const TABLE_FORM = 5 * MEGABYTE;
const TABLE_FORMS = /^\/coop\/(imports|tracking)$/;

/** The proof of an order from thousands of lots, written as forms are: most of it is quotes and commas. */
const PROOF_FORM = 3 * MEGABYTE;
const PROOF_FORMS = /^\/ledger$/;

/** What is weighed, with a photo of it: at the scale, and what a phone had kept without a signal. */
const SCALE_FORMS = /^\/coop\/intake(\/kept)?$/;

/** What a buyer says of one line of her order or claims for a parcel of it, with photos of what came. */
const BUYERS_FORMS =
  /^\/orders\/(TJ\d{14})\/(lines\/[\w-]{36}\/[a-z-]+|parcels\/[\w-]{36}\/claim)$/;
/** Six of the largest photos. */
const BUYERS_FORM = 128 * MEGABYTE;

/** A piece of a photo may be all of it. */
const PIECE = 20 * MEGABYTE;
const PIECES = /^\/farm\/uploads\/[\w-]{36}$/;

const hasParts = (request: HonoRequest) =>
  (request.header("content-type") ?? "").startsWith("multipart/form-data");

function isPhotoForm(request: HonoRequest): boolean {
  const forms = [PHOTO_FORMS, ON_BEHALF, SCALE_FORMS];
  return forms.some((form) => form.test(request.path)) && hasParts(request);
}

const isTableForm = (request: HonoRequest) => TABLE_FORMS.test(request.path) && hasParts(request);

/** The number of the order of which a buyer may show photos here. */
const orderShown = (request: HonoRequest) =>
  hasParts(request) ? BUYERS_FORMS.exec(request.path)?.[1] : undefined;

/** A large piece of a photo, or one of unknown length; most are small and need no more care. */
function isLargePiece(request: HonoRequest): boolean {
  const isPiece = request.method === "PATCH" && PIECES.test(request.path);
  const isSmall = Number(request.header("content-length") ?? Number.NaN) <= GENERAL;
  return isPiece && !(isSmall && request.header("transfer-encoding") === undefined);
}

type Options = {
  /** Whether these headers are of someone who is signed in and may list a crop; asked of the database. */
  isFarmer: (headers: Headers) => Promise<boolean>;
  /** Whether whoever asks has ordered this; asked of the database. */
  hasOrdered: (c: Context, orderNumber: string) => Promise<boolean>;
  photoFormBytes?: number;
};

/**
 * Refuses a body that says it is too large before any of it is read, and one that turns out so.
 * Only the photos and tables of who may sell may be large, and a buyer's photos of what she has
 * ordered: a cookie alone, which anybody can write, opens nothing.
 */
export function bodyLimits(options: Options): MiddlewareHandler {
  const { isFarmer, hasOrdered, photoFormBytes = PHOTO_FORM } = options;
  const general = bodyLimit({ maxSize: GENERAL, onError: (c) => refusal(c, 413, CLOSE) });
  const strangers = bodyLimit({ maxSize: GENERAL, onError: (c) => refusal(c, 401, CLOSE) });
  const buyers = countedLimit(BUYERS_FORM);
  const proofs = bodyLimit({ maxSize: PROOF_FORM, onError: (c) => refusal(c, 413, CLOSE) });
  const sellers: [(request: HonoRequest) => boolean, MiddlewareHandler][] = [
    [isPhotoForm, countedLimit(photoFormBytes)],
    [isTableForm, countedLimit(TABLE_FORM)],
    [isLargePiece, countedLimit(PIECE)],
  ];
  return async (c, next) => {
    if (!isChanging(c.req)) return next();
    if (PROOF_FORMS.test(c.req.path)) return proofs(c, next);
    const number = orderShown(c.req);
    if (number) return (await hasOrdered(c, number)) ? buyers(c, next) : general(c, next);
    const large = sellers.find(([isOf]) => isOf(c.req))?.[1];
    if (!large) return general(c, next);
    return (await isFarmer(c.req.raw.headers)) ? large(c, next) : strangers(c, next);
  };
}

/** Lets a body through as it comes: held together here, photos would fill the memory. */
function countedLimit(most: number): MiddlewareHandler {
  return async (c, next) => {
    if (Number(c.req.header("content-length") ?? 0) > most) return refusal(c, 413, CLOSE);
    // A stated length is held by node itself.
    if (!c.req.raw.body || !c.req.raw.headers.has("transfer-encoding")) return next();
    let length = 0;
    const counted = c.req.raw.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, controller) {
          length += piece.byteLength;
          if (length > most) controller.error(new Error("the form is too large"));
          else controller.enqueue(piece);
        },
      }),
    );
    c.req.raw = new Request(c.req.raw, { body: counted, duplex: "half" });
    await next();
    if (length <= most) return;
    c.res = undefined; // what the page made of a body that broke off
    c.res = await refusal(c, 413, CLOSE);
  };
}
