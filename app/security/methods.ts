import type { MiddlewareHandler } from "hono";

const ALLOWED = ["GET", "HEAD", "POST"];

/** Photos that come in pieces speak tus, which has more methods and answers for them itself. */
const PIECES = /^\/farm\/uploads(\/|$)/;

/** Pages know links and forms: any other method would be taken for a form by the framework. */
export const knownMethods: MiddlewareHandler = async (c, next) => {
  if (ALLOWED.includes(c.req.method) || PIECES.test(c.req.path)) return next();
  return c.text("Method Not Allowed\n", 405, { Allow: ALLOWED.join(", ") });
};
