import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { isChanging } from "./changing.ts";

const A_YEAR = 365 * 24 * 60 * 60;

export type Visitor = {
  /** 128 random bits: guest orders and carts hang on it, so nobody may guess it. */
  id: string;
  /** The cookie to set with the answer, or null when the browser needs none. */
  cookie: string | null;
};

/**
 * Whose browser this is. A new one gets its cookie with its first changing request: before that
 * it has no cart, and a page without Set-Cookie may be shared by all.
 */
export function readVisitor(c: Context, { publicUrl }: { publicUrl: string }): Visitor {
  const isHttps = publicUrl.startsWith("https://");
  const name = isHttps ? "__Host-visitor" : "visitor";
  const known = getCookie(c, name);
  if (known && /^[A-Za-z0-9_-]{22}$/.test(known)) return { id: known, cookie: null };
  const id = randomBytes(16).toString("base64url");
  const attributes = `Path=/; Max-Age=${A_YEAR}; HttpOnly; SameSite=Lax${isHttps ? "; Secure" : ""}`;
  // Who chose a language has no cart yet either, and stays one of all who read in it.
  const hasOwn = isChanging(c.req) && c.req.path !== "/language";
  return { id, cookie: hasOwn ? `${name}=${id}; ${attributes}` : null };
}
