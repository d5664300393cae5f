import type { Context, MiddlewareHandler } from "hono";

type Options = {
  publicUrl: string;
  /** Where a form may lead besides ourselves: the payment page. "https://checkout.stripe.com" */
  paymentOrigins?: readonly string[];
};

const STRIPE_CHECKOUT = "https://checkout.stripe.com";
const A_YEAR = 365 * 24 * 60 * 60;

/**
 * What the browser may do with our pages. Scripts and styles come from files of ours only; style
 * attributes are let through for the blurred placeholders behind photos. A form's redirect counts
 * as its target, so the payment page must be named.
 */
export function contentSecurityPolicy(paymentOrigins: readonly string[]): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `form-action ${["'self'", ...paymentOrigins].join(" ")}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join("; ");
}

const NOTHING_ELSE = "geolocation=(), microphone=(), payment=(), usb=()";

/** The forms into which a phone's camera reads a code (scan-code.js); a photo is taken without. */
const CAMERA_PAGES =
  /^\/coop\/(scan|intake(\/offline)?|parcels\/[\w-]{36}(\/(shipment|correction))?)$/;

/** The headers of every answer of ours. */
export function securityHeaders({
  publicUrl,
  paymentOrigins = [STRIPE_CHECKOUT],
}: Options): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {
    "Content-Security-Policy": contentSecurityPolicy(paymentOrigins),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    // The browser leaves Origin out ("null") under no-referrer, and our check needs it.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": `camera=(), ${NOTHING_ELSE}`,
  };
  if (publicUrl.startsWith("https://")) {
    headers["Strict-Transport-Security"] = `max-age=${A_YEAR}`;
  }
  return headers;
}

/** Sets the headers on every answer that does not set them itself, as the sandbox's pages do. */
export function secureHeaders(options: Options): MiddlewareHandler {
  const entries = Object.entries(securityHeaders(options));
  return async (c, next) => {
    await next();
    const answered = ownHeaders(c);
    if (CAMERA_PAGES.test(c.req.path) && !answered.has("Permissions-Policy"))
      answered.set("Permissions-Policy", `camera=(self), ${NOTHING_ELSE}`);
    for (const [name, value] of entries) {
      if (!answered.has(name)) answered.set(name, value);
    }
    const isPage = answered.get("Content-Type")?.startsWith("text/html");
    // A page made for one person must not be handed to the next by a cache on the way.
    if (isPage && !answered.has("Cache-Control"))
      answered.set("Cache-Control", "private, no-cache");
  };
}

/** The answer's headers to write into: c.header would make the whole answer anew for each of them. */
function ownHeaders(c: Context): Headers {
  try {
    // Those of an answer that was fetched elsewhere are not to be written.
    c.res.headers.delete("X-Powered-By");
  } catch {
    c.res = new Response(c.res.body, c.res);
  }
  return c.res.headers;
}
