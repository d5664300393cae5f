import { Hono } from "hono";
import { pageLanguage } from "../page/language.ts";
import { sameOriginOnly } from "../same-origin.ts";
import type { Sandbox } from "../stripe/sandbox.ts";
import { findMessage, markMessage } from "./messages.ts";
import { type CallbackTarget, replyTo, reportMessage } from "./tell-market.ts";

/** The panel's buttons beside a message: it arrives, it fails, its reader answers. */
export function phoneForms(
  { basePath, publicUrl, store }: Sandbox,
  target: CallbackTarget | undefined,
): Hono {
  const app = new Hono();
  app.use("/messages/:id/*", sameOriginOnly(publicUrl));
  app.post("/messages/:id/:what{report|reply}", async (c) => {
    const message = findMessage(store, c.req.param("id"));
    if (!message) return c.text("No such message.\n", 404);
    const form = await c.req.parseBody();
    const isTaken = target !== undefined && (await tell(target));
    const note = isTaken ? "told" : "untold";
    return c.redirect(`${basePath}/?lang=${pageLanguage(c)}&note=${note}`, 303);

    async function tell(to: CallbackTarget): Promise<boolean> {
      if (!message) return false;
      if (c.req.param("what") === "reply") {
        const text = String(form.text ?? "").trim();
        return text !== "" && replyTo(to, message, text);
      }
      const isDelivered = form.state === "delivered";
      const isTaken = await reportMessage(to, message, isDelivered);
      if (isTaken) markMessage(store, message, isDelivered ? "delivered" : "failed");
      return isTaken;
    }
  });
  return app;
}
