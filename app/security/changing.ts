import type { HonoRequest } from "hono";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a request may change something. */
export function isChanging(request: HonoRequest): boolean {
  return !SAFE.has(request.method);
}

/** Machines call these; they prove themselves by a signature instead of an Origin. */
export function isWebhook(request: HonoRequest): boolean {
  return request.method === "POST" && request.path.startsWith("/webhooks/");
}
