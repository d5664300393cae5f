import { createServer } from "node:http";
import { afterEach, expect, test } from "vitest";
import { createPayments } from "./stripe.ts";

let close: (() => void) | undefined;
afterEach(() => close?.());

/** A Stripe that refuses so many requests because it had too many, then knows no checkout. */
async function startBusy(times: number) {
  let asked = 0;
  const server = createServer((_request, answer) => {
    asked += 1;
    const isBusy = asked <= times;
    answer.writeHead(isBusy ? 429 : 404, { "content-type": "application/json" });
    const error = isBusy
      ? { type: "invalid_request_error", code: "rate_limit", message: "Too many requests" }
      : { type: "invalid_request_error", code: "resource_missing", message: "No such session" };
    answer.end(JSON.stringify({ error }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  close = () => server.close();
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const apiUrl = `http://127.0.0.1:${port}`;
  const gateway = createPayments({ secretKey: "sk_test_busy", apiUrl, webhookSecrets: [] });
  return { gateway, asked: () => asked };
}

test("too many requests are waited out", async () => {
  const { gateway } = await startBusy(2);
  expect(await gateway.retrieveCheckout("cs_1")).toEqual({ ok: false, reason: "unknown-checkout" });
});

test("and told apart from an outage when waiting does not help", async () => {
  const { gateway, asked } = await startBusy(99);
  expect(await gateway.retrieveCheckout("cs_1")).toEqual({
    ...{ ok: false, reason: "payments-unavailable", isTooMany: true },
  });
  expect(asked()).toBe(3);
});
