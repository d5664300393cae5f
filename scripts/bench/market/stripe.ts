import { signWebhook } from "../../sandbox/webhooks/sign.ts";

const CARD = { number: "4242424242424242", expiry: "12/40", cvc: "123", name: "WANG" };

/** Stripe's side of a market whose payments are the sandbox's; `marketUrl` gets the webhooks. */
export function openStripe(appEnv: Record<string, string>, marketUrl: string) {
  const { STRIPE_API_URL: api, STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: secret } = appEnv;
  const authorization = `Bearer ${key}`;

  async function call(url: string, init: RequestInit, status: number): Promise<string> {
    const answer = await fetch(url, { redirect: "manual", ...init });
    const text = await answer.text();
    if (answer.status !== status) throw new Error(`${url}: ${answer.status} ${text.slice(0, 300)}`);
    return text;
  }

  return {
    /** From now on the sandbox sends no webhook by itself. */
    async holdWebhooks(): Promise<void> {
      const headers = { authorization, "content-type": "application/json" };
      const body = JSON.stringify({ drop: true });
      await call(`${api}/_control/webhooks`, { method: "POST", headers, body }, 200);
    },
    /** Pays a checkout as its buyer would; the event that Stripe has to tell about it. */
    async pay(sessionId: string): Promise<string> {
      const body = new URLSearchParams({ method: "card", ...CARD });
      await call(`${api}/pay/${sessionId}`, { method: "POST", body }, 303);
      const url = `${api}/v1/checkout/sessions/${sessionId}`;
      const session = await call(url, { headers: { authorization } }, 200);
      return JSON.stringify({
        id: `evt_bench_${sessionId}`,
        object: "event",
        type: "checkout.session.completed",
        created: Math.floor(Date.now() / 1000),
        data: { object: JSON.parse(session) },
      });
    },
    /** Sends an event, signed as Stripe signs, and waits for the market's answer. */
    async tell(event: string): Promise<void> {
      const signature = signWebhook(event, secret ?? "", Math.floor(Date.now() / 1000));
      const headers = { "stripe-signature": signature, "content-type": "application/json" };
      await call(`${marketUrl}/webhooks/stripe`, { method: "POST", headers, body: event }, 200);
    },
  };
}
