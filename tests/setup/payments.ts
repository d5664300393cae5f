import Stripe from "stripe";
import { createHttpSms, type SmsGateway } from "#app/gateways/sms.ts";
import { createPayments, type PaymentGateway } from "#app/gateways/stripe.ts";
import { startSandbox } from "#scripts/sandbox/server.ts";

/** What its webhooks are signed with. */
export const WEBHOOK_SECRET = "whsec_test";
const STRIPE_KEY = "sk_test_sandbox";

export type TestPayments = {
  url: string;
  gateway: PaymentGateway;
  stripe: Stripe;
  /** The time at the sandbox: ours, set ahead by some milliseconds. */
  clock: { aheadMs: number; readonly now: Date };
  /** The buyer pays on the payment page; true when Stripe has the money. */
  pay(checkoutUrl: string, card?: string): Promise<boolean>;
  control(switches: object): Promise<void>;
  /** The buyer's bank decides a dispute. */
  closeDispute(id: string, status: "won" | "lost"): Promise<void>;
  sms: SmsGateway;
  /** What was sent to a phone, oldest first. */
  messagesTo(phone: string): Promise<string[]>;
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
  const tell = async (path: string, said: object) => {
    await fetch(`${sandbox.url}/_control/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${STRIPE_KEY}`, "content-type": "application/json" },
      body: JSON.stringify(said),
    });
  };
  return {
    url: sandbox.url,
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
    control: (switches) => tell("webhooks", switches),
    closeDispute: (id, status) => tell(`disputes/${id}/closing`, { status }),
    sms: createHttpSms(sandbox.url, STRIPE_KEY),
    async messagesTo(phone) {
      const address = `${sandbox.url}/messages?to=${encodeURIComponent(phone)}`;
      const answer = await fetch(address, { headers: { authorization: `Bearer ${STRIPE_KEY}` } });
      const { messages } = (await answer.json()) as { messages: { text: string }[] };
      return messages.map((message) => message.text).reverse();
    },
    close: () => sandbox.close(),
  };
}
