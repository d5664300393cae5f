import { createHmac } from "node:crypto";
import { z } from "zod";
import { type CookieOptions, createSignedCookie } from "./signed-cookie.ts";

const A_YEAR = 365 * 24 * 60 * 60;
/** A family may share one phone. */
const MOST = 4;

/**
 * The numbers that were signed in with in this browser, in a cookie that outlives sign-out: codes
 * for them are kept in reserve, whatever strangers ask for (see the limits). It signs nobody in.
 * Numbers stand in it as keyed hashes, for whoever finds the phone.
 */
export function createKnownNumbers(options: CookieOptions) {
  const cookie = createSignedCookie("known", z.array(z.string()), {
    ...options,
    lifetimeSeconds: A_YEAR,
  });
  const hide = (phone: string) =>
    createHmac("sha256", options.secret).update(`known-number:${phone}`).digest("base64url");

  return {
    has: (headers: Headers, phone: string) => cookie.read(headers)?.includes(hide(phone)) ?? false,
    /** Somebody with another number was signed in before. */
    hasOthers: (headers: Headers, phone: string) =>
      (cookie.read(headers) ?? []).some((one) => one !== hide(phone)),
    /** The cookie that names this number too, as the newest. */
    add(headers: Headers, phone: string): string {
      const newest = hide(phone);
      const others = (cookie.read(headers) ?? []).filter((one) => one !== newest);
      return cookie.write([newest, ...others].slice(0, MOST));
    },
  };
}
