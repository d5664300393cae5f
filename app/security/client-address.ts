import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

/**
 * The caller's network address. X-Forwarded-For is believed only behind a proxy of ours, and of
 * it only the last entry: the one that this proxy wrote.
 */
export function addressOf(c: Context, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header("x-forwarded-for") : undefined;
  const last = forwarded?.split(",").at(-1)?.trim();
  return last || getConnInfo(c).remote.address || "unknown";
}
