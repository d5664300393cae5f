import { createHmac } from "node:crypto";

/** The Stripe-Signature header: docs.stripe.com/webhooks#verify-manually. `seconds` is Unix time. */
export function signWebhook(payload: string, secret: string, seconds: number): string {
  const mac = createHmac("sha256", secret).update(`${seconds}.${payload}`).digest("hex");
  return `t=${seconds},v1=${mac}`;
}
