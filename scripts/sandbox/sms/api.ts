import { Hono } from "hono";
import { z } from "zod";
import { bearerOnly } from "../bearer.ts";
import type { Sandbox } from "../stripe/sandbox.ts";
import { keepMessage, listMessages } from "./messages.ts";

const NewMessage = z.strictObject({
  to: z.string().regex(/^\+?\d{5,15}$/, "a phone number in digits"),
  text: z.string().min(1).max(500),
  /** The sender's own name for it: the same again is the same message. */
  reference: z.string().min(1).max(100).optional(),
});

/** Stands in for the SMS provider: messages are kept, not sent. */
export function smsApi({ store, stripeKey }: Sandbox): Hono {
  const api = new Hono();
  api.use("/messages", bearerOnly(stripeKey));
  api.post("/messages", async (c) => {
    const parsed = NewMessage.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) return c.json({ error: z.prettifyError(parsed.error) }, 400);
    return c.json(keepMessage(store, parsed.data, Date.now()), 201);
  });
  api.get("/messages", (c) => {
    const limit = Math.min(Number(c.req.query("limit")) || 20, 200);
    // In a query a bare + means a space; phone numbers have none.
    const to = c.req.query("to")?.replace(/^ /, "+");
    return c.json({ messages: listMessages(store, limit, to) });
  });
  return api;
}
