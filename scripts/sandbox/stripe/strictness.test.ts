import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Harness, ORDER, startHarness } from "#tests/setup/sandbox.ts";

const line = (changes: object) => ({
  line_items: [{ ...ORDER.line_items[0], ...changes }],
});
const priced = (changes: object) =>
  line({ price_data: { ...ORDER.line_items[0]?.price_data, ...changes } });
const pairs = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
const soon = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const without = (name: string) => ({ [name]: undefined });

const REFUSED: [what: string, changes: object, code: string | undefined, param: string][] = [
  ["an unknown parameter", { colour: "red" }, "parameter_unknown", "colour"],
  [
    "an unknown parameter inside a line",
    line({ weight: 500 }),
    "parameter_unknown",
    "line_items[0][weight]",
  ],
  ["no mode", without("mode"), "parameter_missing", "mode"],
  ["no lines", without("line_items"), "parameter_missing", "line_items"],
  ["no success_url", without("success_url"), "parameter_missing", "success_url"],
  [
    "no currency",
    priced(without("currency")),
    "parameter_missing",
    "line_items[0][price_data][currency]",
  ],
  ["no quantity", line(without("quantity")), "parameter_missing", "line_items[0][quantity]"],
  [
    "a quantity of 0",
    line({ quantity: 0 }),
    "parameter_invalid_integer",
    "line_items[0][quantity]",
  ],
  [
    "an amount that is no whole number",
    priced({ unit_amount: 29.9 }),
    "parameter_invalid_integer",
    "line_items[0][price_data][unit_amount]",
  ],
  [
    "a negative amount",
    priced({ unit_amount: -1 }),
    "parameter_invalid_integer",
    "line_items[0][price_data][unit_amount]",
  ],
  [
    "less than 50 US cents",
    { ...line({ quantity: 1 }), ...smallest(359) },
    "amount_too_small",
    "line_items",
  ],
  ["a million yuan", line({ quantity: 99_999 }), "amount_too_large", "line_items"],
  ["an empty name", { client_reference_id: "" }, "parameter_invalid_empty", "client_reference_id"],
  [
    "a reference of 201 letters",
    { client_reference_id: "x".repeat(201) },
    undefined,
    "client_reference_id",
  ],
  ["an address that is none", { success_url: "orders/1" }, "url_invalid", "success_url"],
  ["a script as address", { cancel_url: "javascript:alert(1)" }, "url_invalid", "cancel_url"],
  ["a mode that is none", { mode: "gift" }, undefined, "mode"],
  ["a language that is none", { locale: "tlh" }, undefined, "locale"],
  ["51 metadata keys", { metadata: pairs(51) }, undefined, "metadata"],
  [
    "a metadata key of 41 letters",
    { metadata: { ["k".repeat(41)]: "v" } },
    undefined,
    `metadata[${"k".repeat(41)}]`,
  ],
  [
    "a metadata value of 501 letters",
    { metadata: { k: "v".repeat(501) } },
    undefined,
    "metadata[k]",
  ],
  ["an hour that is too near", { expires_at: soon(29 * 60) }, undefined, "expires_at"],
  ["an hour that is too far", { expires_at: soon(25 * 3600) }, undefined, "expires_at"],
  [
    "a price that does not exist",
    line({ price: "price_1" }),
    "resource_missing",
    "line_items[0][price]",
  ],
  [
    "payment_method_types, which this API version dropped",
    { payment_method_types: ["card"] },
    "payment_method_types_no_longer_supported",
    "payment_method_types",
  ],
  [
    "what Stripe takes and the sandbox does not",
    { customer: "cus_1" },
    "sandbox_unsupported",
    "customer",
  ],
  ["a property that cannot be expanded", { expand: ["colour"] }, undefined, "expand"],
];

function smallest(unit_amount: number) {
  return {
    line_items: [
      { quantity: 1, price_data: { currency: "cny", unit_amount, product_data: { name: "x" } } },
    ],
  };
}

describe("a strict stand-in", () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  test.each(REFUSED)("refuses %s", async (_what, changes, code, param) => {
    const before = await harness.stripe.checkout.sessions.list();
    const error = await harness.stripe
      .rawRequest("POST", "/v1/checkout/sessions", { ...ORDER, ...changes })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(error).toMatchObject({ statusCode: code === "resource_missing" ? 404 : 400, param });
    expect((error as Stripe.errors.StripeError).code).toBe(code);
    expect((error as Stripe.errors.StripeError).requestId).toMatch(/^req_/);
    const after = await harness.stripe.checkout.sessions.list();
    expect(after.data.length).toBe(before.data.length);
  });

  test("takes what stands exactly on the limit", async () => {
    const session = await harness.newSession({
      ...smallest(360),
      client_reference_id: "x".repeat(200),
      metadata: { ...pairs(49), ["k".repeat(40)]: "v".repeat(500) },
      expires_at: soon(30 * 60),
    });
    expect(session.amount_total).toBe(360);
  });

  test.each([
    ["checkout.sessions", () => harness.stripe.checkout.sessions.retrieve("cs_x"), "session"],
    ["paymentIntents", () => harness.stripe.paymentIntents.retrieve("pi_x"), "intent"],
    ["charges", () => harness.stripe.charges.retrieve("ch_x"), "id"],
    ["refunds", () => harness.stripe.refunds.retrieve("re_x"), "id"],
    ["disputes", () => harness.stripe.disputes.retrieve("du_x"), "id"],
    ["events", () => harness.stripe.events.retrieve("evt_x"), "id"],
    ["balanceTransactions", () => harness.stripe.balanceTransactions.retrieve("txn_x"), "id"],
  ])("knows no %s by an invented id", async (_name, retrieve, param) => {
    const expected = { statusCode: 404, code: "resource_missing", param };
    await expect(retrieve()).rejects.toMatchObject(expected);
  });

  test("refuses unknown filters of a list and limits beyond 100", async () => {
    const list = (query: string) => harness.call(`/v1/refunds?${query}`, { headers: KEY });
    expect(await (await list("colour=red")).json()).toMatchObject({
      error: { code: "parameter_unknown", param: "colour" },
    });
    expect((await list("limit=101")).status).toBe(400);
    expect((await list("starting_after=re_x")).status).toBe(404);
  });

  const KEY = { authorization: "Bearer sk_test_sandbox" };
  test("lets nobody in without the key, and does not repeat a wrong one", async () => {
    expect((await harness.call("/v1/balance")).status).toBe(401);
    const wrong = await harness.call("/v1/balance", {
      headers: { authorization: "Bearer sk_live_abcdefghijklmnop" },
    });
    expect(wrong.status).toBe(401);
    expect(await wrong.text()).not.toContain("abcdefghijkl");
    expect((await harness.call("/v1/balance", { headers: KEY })).status).toBe(200);
    expect((await harness.stripe.accounts.retrieveCurrent()).default_currency).toBe("cny");
  });

  test("refuses JSON bodies, other API versions and addresses it does not know", async () => {
    const json = { ...KEY, "content-type": "application/json" };
    const body = JSON.stringify(ORDER);
    const sent = { method: "POST", headers: json, body };
    expect((await harness.call("/v1/checkout/sessions", sent)).status).toBe(400);
    const old = { headers: { ...KEY, "stripe-version": "2022-11-15" } };
    expect((await harness.call("/v1/balance", old)).status).toBe(400);
    const customers = await harness.call("/v1/customers", { headers: KEY });
    expect(customers.status).toBe(404);
    expect(await customers.text()).toContain("Unrecognized request URL (GET: /v1/customers)");
  });
});
