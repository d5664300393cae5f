import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { startSandbox } from "#scripts/sandbox/server.ts";
import type { SandboxOptions } from "#scripts/sandbox/settings.ts";

export const SECRET = "whsec_test_secret";

interface Received {
  body: string;
  signature: string;
}

/** A webhook receiver that remembers everything and answers what `answer` says. */
async function startReceiver() {
  const received: Received[] = [];
  const receiver = { answer: (_count: number) => 200 };
  const server = createServer((request, response) => {
    if (request.method === "GET") return void response.writeHead(200).end();
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      received.push({ body, signature: String(request.headers["stripe-signature"]) });
      // Only a redirect makes a client look at the location.
      response.writeHead(receiver.answer(received.length), { location: "/elsewhere" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    received,
    receiver,
    url: `http://127.0.0.1:${port}/webhooks/stripe`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A sandbox on a free port, the official SDK pointed at it, and a receiver for its webhooks. */
export async function startHarness(options: SandboxOptions = {}) {
  const inbox = await startReceiver();
  let offsetMs = 0;
  const settings = {
    webhookUrl: inbox.url,
    webhookSecret: SECRET,
    retryBaseMs: 20,
    now: () => Date.now() + offsetMs,
    ...options,
  };
  const sandbox = await startSandbox(settings);
  const { hostname, port } = new URL(sandbox.url);
  const stripe = new Stripe("sk_test_sandbox", {
    host: hostname,
    port: Number(port),
    protocol: "http",
    maxNetworkRetries: 0,
  });
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${sandbox.url}${path}`, { redirect: "manual", ...init });
  const withKey = { authorization: "Bearer sk_test_sandbox" };
  return {
    ...inbox,
    sandbox,
    settings,
    stripe,
    call,
    /** Lets time pass without waiting for it. */
    advance: (ms: number) => {
      offsetMs += ms;
    },
    control: (path: string, body: unknown) =>
      call(`/_control/${path}`, {
        method: "POST",
        headers: { ...withKey, "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    read: (path: string) => call(path, { headers: withKey }).then((answer) => answer.json()),
    /** Sends the payment page's form as a browser would. */
    pay: (id: string, number: string, changes: Record<string, string> = {}) =>
      call(`/pay/${id}`, {
        method: "POST",
        body: new URLSearchParams({
          method: "card",
          number,
          expiry: "12/40",
          cvc: "123",
          name: "林晓",
          ...changes,
        }),
      }),
    newSession: (changes: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
      stripe.checkout.sessions.create({ ...ORDER, ...changes }),
    /** The types of the events received so far, in the order of their arrival. */
    types: () => inbox.received.map(({ body }) => (JSON.parse(body) as Stripe.Event).type),
    async close() {
      await sandbox.close();
      await inbox.close();
    },
  };
}
export type Harness = Awaited<ReturnType<typeof startHarness>>;

/** ¥67.80: two boxes of apples and the freight. */
export const ORDER = {
  mode: "payment",
  success_url: "http://shop.test/orders/TJ1?session={CHECKOUT_SESSION_ID}",
  cancel_url: "http://shop.test/cart",
  client_reference_id: "TJ1",
  metadata: { order: "TJ1" },
  line_items: [
    {
      quantity: 2,
      price_data: { currency: "cny", unit_amount: 2990, product_data: { name: "苹果" } },
    },
    {
      quantity: 1,
      price_data: { currency: "cny", unit_amount: 800, product_data: { name: "运费" } },
    },
  ],
} satisfies Stripe.Checkout.SessionCreateParams;

export const CARD = {
  pays: "4242 4242 4242 4242",
  declines: "4000 0000 0000 0002",
  asks: "4000 0025 0000 3155",
  noFunds: "4000 0000 0000 9995",
  disputes: "4000 0000 0000 0259",
  sendsRefundsBack: "4000 0000 0000 5126",
  takesRefundsLate: "4000 0000 0000 7726",
};

/** A session that is paid, and the charge that paid it. */
export async function paidSession(harness: Harness, card = CARD.pays) {
  const { id } = await harness.newSession();
  await harness.pay(id, card);
  const session = await harness.stripe.checkout.sessions.retrieve(id, {
    expand: ["payment_intent.latest_charge.balance_transaction"],
  });
  const intent = session.payment_intent as Stripe.PaymentIntent;
  return { session, intent, charge: intent.latest_charge as Stripe.Charge };
}
