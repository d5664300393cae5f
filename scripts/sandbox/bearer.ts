import type { Context, Next } from "hono";
import { isSame } from "./stripe/api.ts";

/** Lets in only who knows the sandbox's key. */
export const bearerOnly = (key: string) => async (c: Context, next: Next) => {
  const given = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
  if (isSame(given, key)) return next();
  return c.json({ error: "unauthorized: send Authorization: Bearer <the sandbox's key>" }, 401);
};
