import * as http from "node:http";
import * as https from "node:https";
import { signWebhook } from "./sign.ts";

const PATIENCE_MS = 15_000;
// Kept open between webhooks: a bench sends some thousand a second.
const AGENTS = {
  "http:": new http.Agent({ keepAlive: true }),
  "https:": new https.Agent({ keepAlive: true }),
};

export interface SendResult {
  ok: boolean;
  status: number | null;
  failure: string | null;
}

/** One attempt. Only 2xx counts; a redirect is a failure, as with Stripe. */
export function sendWebhook(
  url: URL,
  payload: string,
  secret: string,
  nowMs: number,
  signal: AbortSignal,
): Promise<SendResult> {
  const { request } = url.protocol === "https:" ? https : http;
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(payload),
    "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    "stripe-signature": signWebhook(payload, secret, Math.floor(nowMs / 1000)),
  };
  const agent = AGENTS[url.protocol as keyof typeof AGENTS];
  return new Promise((resolve) => {
    const sending = request(url, { method: "POST", headers, agent, signal, timeout: PATIENCE_MS });
    sending.on("response", (response) => {
      const status = response.statusCode ?? 0;
      const ok = status >= 200 && status < 300;
      // Read to the end, so that the connection can be used again.
      response.resume();
      response.on("end", () => resolve({ ok, status, failure: ok ? null : `HTTP ${status}` }));
      response.on("error", (error) => resolve(failed(error)));
    });
    sending.on("timeout", () => sending.destroy(new Error("no answer in time")));
    sending.on("error", (error) => resolve(failed(error)));
    sending.end(payload);
  });
}

function failed(error: NodeJS.ErrnoException): SendResult {
  return { ok: false, status: null, failure: error.code ?? error.message };
}
