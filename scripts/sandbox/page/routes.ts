import { Hono } from "hono";
import { pageHeaders } from "../look.ts";
import { sameOriginOnly } from "../same-origin.ts";
import type { DemoPerson } from "../settings.ts";
import { listMessages } from "../sms/messages.ts";
import type { WireSession } from "../stripe/build-session.ts";
import type { Sandbox } from "../stripe/sandbox.ts";
import { listDeliveries } from "../webhooks/deliveries.ts";
import { pageLanguage } from "./language.ts";
import { sandboxView } from "./views.ts";

const SHOWN = 30;
const NOTES = ["saved", "refused", "told", "untold"] as const;

/** The page for people who try the market out: what was sent, what was paid, and the switches. */
export function sandboxPage(sandbox: Sandbox, people: DemoPerson[]): Hono {
  const { basePath, courier, store } = sandbox;
  const app = new Hono();
  app.use("/switches", sameOriginOnly(sandbox.publicUrl));
  app.use("/deliveries/*", sameOriginOnly(sandbox.publicUrl));

  app.get("/", (c) => {
    const rows = store.all<{ body: string }>(
      "SELECT body FROM objects WHERE kind = 'checkout.session' ORDER BY seq DESC LIMIT ?",
      SHOWN,
    );
    const note = NOTES.find((known) => known === c.req.query("note"));
    const view = sandboxView({
      language: pageLanguage(c),
      basePath,
      people,
      messages: listMessages(store, SHOWN),
      sessions: rows.map((row) => JSON.parse(row.body) as WireSession),
      deliveries: listDeliveries(store, SHOWN),
      switches: courier.switches.state(),
      note,
    });
    return c.html(view, 200, pageHeaders());
  });

  app.post("/switches", async (c) => {
    const form = await c.req.parseBody();
    const result = courier.switches.set({
      duplicate: Number(form.duplicate),
      delayMs: Math.round(Number(form.delay) * 1000),
      disorder: form.disorder !== undefined,
      drop: form.drop !== undefined,
      asyncPayment: form.asyncPayment,
    });
    return c.redirect(
      `${basePath}/?lang=${pageLanguage(c)}&note=${result.ok ? "saved" : "refused"}`,
      303,
    );
  });

  app.post("/deliveries/:id/redelivery", (c) => {
    const delivery = courier.redeliver(Number(c.req.param("id")));
    return delivery
      ? c.redirect(`${basePath}/?lang=${pageLanguage(c)}`, 303)
      : c.text("No such delivery.", 404);
  });
  return app;
}
