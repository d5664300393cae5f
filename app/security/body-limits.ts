import type { HonoRequest, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { isChanging } from "./changing.ts";
import { refusal } from "./refusal.ts";

const MEGABYTE = 1024 * 1024;
const GENERAL = 1 * MEGABYTE;
/** Six photos of 20 MB each, and the words around them. */
const PHOTO_FORM = 130 * MEGABYTE;

function isPhotoForm(request: HonoRequest): boolean {
  return (
    request.path === "/farm/listings/new" &&
    (request.header("content-type") ?? "").startsWith("multipart/form-data")
  );
}

type Options = {
  /** Whether these headers are of someone who is signed in and may list a crop; asked of the database. */
  isFarmer: (headers: Headers) => Promise<boolean>;
};

/**
 * Refuses a body that says it is too large before any of it is read, and one that turns out so.
 * Only a farmer's photos may be large: a cookie alone, which anybody can write, opens nothing.
 */
export function bodyLimits({ isFarmer }: Options): MiddlewareHandler {
  const close = { Connection: "close" };
  const general = bodyLimit({ maxSize: GENERAL, onError: (c) => refusal(c, 413, close) });
  const strangers = bodyLimit({ maxSize: GENERAL, onError: (c) => refusal(c, 401, close) });
  const photos = bodyLimit({ maxSize: PHOTO_FORM, onError: (c) => refusal(c, 413, close) });
  return async (c, next) => {
    if (!isChanging(c.req)) return next();
    if (!isPhotoForm(c.req)) return general(c, next);
    return (await isFarmer(c.req.raw.headers)) ? photos(c, next) : strangers(c, next);
  };
}
