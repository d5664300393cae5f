import { Hono } from "hono";
import { z } from "zod";
import { bearerOnly } from "../bearer.ts";
import { closeDispute } from "../stripe/open-dispute.ts";
import { PastPayments } from "../stripe/past-payment.ts";
import type { Sandbox } from "../stripe/sandbox.ts";
import { takeOver } from "../stripe/take-over.ts";
import { listDeliveries } from "./deliveries.ts";

const Verdict = z.strictObject({ status: z.enum(["won", "lost"]) });

/** The switches for tests and chaos runs; bearer key as everywhere. */
export function controlApi(sandbox: Sandbox): Hono {
  const { courier, store } = sandbox;
  const api = new Hono();
  api.use("/_control/*", bearerOnly(sandbox.stripeKey));
  api.get("/_control/webhooks", (c) => c.json(courier.switches.state()));
  api.post("/_control/webhooks", async (c) => {
    const result = courier.switches.set(await c.req.json().catch(() => undefined));
    return result.ok ? c.json(result.state) : c.json({ error: result.problem }, 400);
  });
  api.get("/_control/deliveries", (c) => {
    const limit = Math.min(Number(c.req.query("limit")) || 100, 1000);
    return c.json({ deliveries: listDeliveries(store, limit, c.req.query("event")) });
  });
  api.post("/_control/deliveries/:id/redelivery", (c) => {
    const delivery = courier.redeliver(Number(c.req.param("id")));
    return delivery ? c.json(delivery, 202) : c.json({ error: "no such delivery" }, 404);
  });
  api.post("/_control/disputes/:id/closing", async (c) => {
    const verdict = Verdict.safeParse(await c.req.json().catch(() => undefined));
    if (!verdict.success) return c.json({ error: 'expected {"status": "won" or "lost"}' }, 400);
    const closed = closeDispute(sandbox, c.req.param("id"), verdict.data.status);
    if (closed.ok) return c.json(closed.dispute);
    return c.json({ error: closed.reason }, closed.reason === "unknown" ? 404 : 409);
  });
  api.post("/_control/payments", async (c) => {
    const past = PastPayments.safeParse(await c.req.json().catch(() => undefined));
    if (!past.success) return c.json({ error: z.prettifyError(past.error) }, 400);
    return c.json({ taken: takeOver(sandbox, past.data.payments) });
  });
  return api;
}
