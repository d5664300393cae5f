import type { Context } from "hono";
import { getCookie } from "hono/cookie";

export function pageLanguage(c: Context): "zh" | "en" {
  const wanted = c.req.query("lang") ?? getCookie(c, "lang");
  return wanted === "en" ? "en" : "zh";
}
