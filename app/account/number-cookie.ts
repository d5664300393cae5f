import { z } from "zod";
import { type CookieOptions, createSignedCookie } from "./signed-cookie.ts";

/**
 * Between asking for a code and entering it: whose code, the key of the page that asked, and where
 * to go after.
 */
const askedNumber = z.object({ phone: z.string(), asker: z.string(), to: z.string() });

/** Keeps the number in a cookie, so that it stands in no address, no history and no log. */
export const createNumberCookie = (options: CookieOptions) =>
  createSignedCookie("asked", askedNumber, { ...options, lifetimeSeconds: 15 * 60 });
