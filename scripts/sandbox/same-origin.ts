import type { Context, Next } from "hono";

/** Refuses forms that another site sends: every changing request of a browser must be our own. */
export const sameOriginOnly = (publicUrl: string) => async (c: Context, next: Next) => {
  if (c.req.method === "GET" || c.req.method === "HEAD" || isOurs(c, publicUrl)) return next();
  return c.text("Forbidden: this form was sent from another site.", 403);
};

function isOurs(c: Context, publicUrl: string): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site) return site === "same-origin" || site === "none";
  const origin = c.req.header("origin");
  // Over plain http browsers send no Sec-Fetch-Site, but always an Origin; programs send neither.
  if (!origin) return true;
  if (!URL.canParse(origin)) return false;
  const hosts = [c.req.header("host"), c.req.header("x-forwarded-host"), new URL(publicUrl).host];
  return hosts.includes(new URL(origin).host);
}
