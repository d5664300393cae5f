import { signWebhook } from "./sign.ts";

const PATIENCE_MS = 15_000;

interface Result {
  ok: boolean;
  status: number | null;
  failure: string | null;
}

/** One attempt. Only 2xx counts; a redirect is a failure, as with Stripe. */
export async function sendWebhook(
  url: string,
  payload: string,
  secret: string,
  nowMs: number,
  closing: AbortSignal,
): Promise<Result> {
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      body: payload,
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "stripe-signature": signWebhook(payload, secret, Math.floor(nowMs / 1000)),
      },
      signal: AbortSignal.any([closing, AbortSignal.timeout(PATIENCE_MS)]),
    });
    // Read to the end, so that the connection can be used again.
    await response.arrayBuffer();
    const failure = response.ok ? null : `HTTP ${response.status}`;
    return { ok: response.ok, status: response.status, failure };
  } catch (error) {
    return { ok: false, status: null, failure: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return error.name === "TimeoutError" ? "no answer in time" : error.message;
}
