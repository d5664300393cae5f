import Stripe from "stripe";
import { createPayments, type PaymentGateway } from "#app/gateways/stripe.ts";
import { startSandbox } from "#scripts/sandbox/server.ts";

const WEBHOOK_SECRET = "whsec_test";
const STRIPE_KEY = "sk_test_sandbox";

export type TestPayments = {
  gateway: PaymentGateway;
  stripe: Stripe;
  /** The time at the sandbox: ours, set ahead by some milliseconds. */
  clock: { aheadMs: number; readonly now: Date };
  /** The buyer pays on the payment page; true when Stripe has the money. */
  pay(checkoutUrl: string, card?: string): Promise<boolean>;
  control(switches: object): Promise<void>;
  close(): Promise<void>;
};

/** The real SDK against the sandbox, over HTTP: the stand-in that development uses too. */
export async function startTestPayments(webhookUrl?: string): Promise<TestPayments> {
  const clock = {
    aheadMs: 0,
    get now() {
      return new Date(Date.now() + clock.aheadMs);
    },
  };
  const sandbox = await startSandbox({
    webhookUrl,
    webhookSecret: WEBHOOK_SECRET,
    stripeKey: STRIPE_KEY,
    retryBaseMs: 20,
    now: () => clock.now.getTime(),
  });
  const { hostname, port } = new URL(sandbox.url);
  return {
    clock,
    gateway: createPayments({
      secretKey: STRIPE_KEY,
      apiUrl: sandbox.url,
      webhookSecrets: [WEBHOOK_SECRET],
    }),
    stripe: new Stripe(STRIPE_KEY, { host: hostname, port: Number(port), protocol: "http" }),
    async pay(checkoutUrl, card = "4242424242424242") {
      const answer = await fetch(checkoutUrl, {
        method: "POST",
        redirect: "manual",
        headers: { origin: sandbox.url, "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ number: card, expiry: "12/40", cvc: "123", name: "WANG" }),
      });
      return answer.status === 303;
    },
    async control(switches) {
      await fetch(`${sandbox.url}/_control/webhooks`, {
        method: "POST",
        headers: { authorization: `Bearer ${STRIPE_KEY}`, "content-type": "application/json" },
        body: JSON.stringify(switches),
      });
    },
    close: () => sandbox.close(),
  };
}
