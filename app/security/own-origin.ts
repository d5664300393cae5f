import type { HonoRequest, MiddlewareHandler } from "hono";
import { isChanging, isWebhook } from "./changing.ts";
import { refusal } from "./refusal.ts";

/** Our own page's address: the one in the settings, or the one by which we were just reached. */
function isOurs(origin: string, host: string | undefined, publicUrl: URL): boolean {
  const url = URL.parse(origin);
  if (!url) return false;
  if (url.origin === publicUrl.origin) return true;
  // A phone in the same house reaches us by a number; a proxy may have taken https away.
  const isSafeScheme = publicUrl.protocol === "http:" || url.protocol === "https:";
  return isSafeScheme && host !== undefined && url.host === host.toLowerCase();
}

/** Whether the browser says that the request was made by a page of ours. */
export function isFromOurPage(request: HonoRequest, publicUrl: URL): boolean {
  const site = request.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const host = request.header("host");
  const origin = request.header("origin");
  if (origin !== undefined && origin !== "null") return isOurs(origin, host, publicUrl);
  if (site === "same-origin") return true;
  // Old browsers leave Origin out of a form; they do send where it stood.
  const referer = request.header("referer");
  return origin === undefined && referer !== undefined && isOurs(referer, host, publicUrl);
}

/** Turns away every changing request that was not made by a page of ours: nobody's form may use her session. */
export function ownOriginOnly({ publicUrl }: { publicUrl: string }): MiddlewareHandler {
  const ours = new URL(publicUrl);
  return async (c, next) => {
    if (isChanging(c.req) && !isWebhook(c.req) && !isFromOurPage(c.req, ours)) {
      return refusal(c, 403);
    }
    // The framework asks the same again of the Host alone, which a proxy may have made its own.
    const origin = URL.parse(c.req.header("origin") ?? "");
    if (origin) c.req.raw.headers.set("x-forwarded-host", origin.host);
    return next();
  };
}
