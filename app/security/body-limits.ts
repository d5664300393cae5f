import type { HonoRequest, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { isChanging } from "./changing.ts";
import { refusal } from "./refusal.ts";

const MEGABYTE = 1024 * 1024;
const GENERAL = 1 * MEGABYTE;
/** Six photos of 20 MB each, and the words around them. */
const PHOTO_FORM = 130 * MEGABYTE;

function mayBringPhotos(request: HonoRequest): boolean {
  return (
    /^\/farm\/listings(\/|$)/.test(request.path) &&
    (request.header("content-type") ?? "").startsWith("multipart/form-data") &&
    // Whoever is not signed in is led away anyhow: no need to take her photos first.
    (request.header("cookie") ?? "").includes("session=")
  );
}

/** Refuses a body that says it is too large before any of it is read, and one that turns out so. */
export function bodyLimits(): MiddlewareHandler {
  const tooLarge: Parameters<typeof bodyLimit>[0]["onError"] = (c) =>
    refusal(c, 413, { Connection: "close" });
  const general = bodyLimit({ maxSize: GENERAL, onError: tooLarge });
  const photos = bodyLimit({ maxSize: PHOTO_FORM, onError: tooLarge });
  return (c, next) => {
    if (!isChanging(c.req)) return next();
    return mayBringPhotos(c.req) ? photos(c, next) : general(c, next);
  };
}
