import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Harness, ORDER, paidSession, startHarness } from "#tests/setup/sandbox.ts";

describe("idempotency keys", () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  test("the same request with the same key is done once and answered twice", async () => {
    const options = { idempotencyKey: "order-1" };
    const first = await harness.stripe.checkout.sessions.create(ORDER, options);
    const second = await harness.stripe.checkout.sessions.create(ORDER, options);
    expect(second.id).toBe(first.id);
    expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined();
    expect(second.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(second.lastResponse.headers["original-request"]).toBe(first.lastResponse.requestId);
    expect((await harness.stripe.checkout.sessions.list()).data).toHaveLength(1);
  });

  test("the same key with other parameters is refused", async () => {
    const options = { idempotencyKey: "order-2" };
    await harness.stripe.checkout.sessions.create(ORDER, options);
    const changed = { ...ORDER, client_reference_id: "TJ2" };
    const again = harness.stripe.checkout.sessions.create(changed, options);
    await expect(again).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    const elsewhere = harness.stripe.refunds.create({ charge: "ch_x" }, options);
    await expect(elsewhere).rejects.toMatchObject({ type: "StripeIdempotencyError" });
  });

  test("a refund retried after a lost answer gives the money back once", async () => {
    const { charge } = await paidSession(harness);
    const refund = () =>
      harness.stripe.refunds.create({ charge: charge.id, amount: 100 }, { idempotencyKey: "r1" });
    expect((await refund()).id).toBe((await refund()).id);
    const after = await harness.stripe.charges.retrieve(charge.id);
    expect(after.amount_refunded).toBe(100);
  });

  test("a refusal of the work itself is remembered, a malformed request is not", async () => {
    const { charge } = await paidSession(harness);
    await harness.stripe.refunds.create({ charge: charge.id });
    const options = { idempotencyKey: "r2" };
    const twice = () => harness.stripe.refunds.create({ charge: charge.id }, options);
    await expect(twice()).rejects.toMatchObject({ code: "charge_already_refunded" });
    await expect(twice()).rejects.toMatchObject({ headers: { "idempotent-replayed": "true" } });
    const badly = { ...ORDER, locale: "tlh" };
    const again = { idempotencyKey: "order-3" };
    await expect(harness.stripe.checkout.sessions.create(badly, again)).rejects.toThrow(/locale/);
    expect((await harness.stripe.checkout.sessions.create(ORDER, again)).status).toBe("open");
  });

  test("an error of Stripe's own is remembered too, until the key is forgotten", async () => {
    await harness.control("webhooks", { apiErrors: 1 });
    const options = { idempotencyKey: "order-6", maxNetworkRetries: 0 };
    const create = () => harness.stripe.checkout.sessions.create(ORDER, options);
    await expect(create()).rejects.toMatchObject({ type: "StripeAPIError", statusCode: 500 });
    const headers = { "idempotent-replayed": "true" };
    await expect(create()).rejects.toMatchObject({ statusCode: 500, headers });
    const other = { idempotencyKey: "order-7" };
    expect((await harness.stripe.checkout.sessions.create(ORDER, other)).status).toBe("open");
  });

  test("of two requests at once with one key, one is told to wait", async () => {
    await harness.control("webhooks", { apiDelayMs: 150 });
    const options = { idempotencyKey: "order-4" };
    const both = await Promise.allSettled([
      harness.stripe.checkout.sessions.create(ORDER, options),
      harness.stripe.checkout.sessions.create(ORDER, options),
    ]);
    await harness.control("webhooks", { apiDelayMs: 0 });
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = both.find(({ status }) => status === "rejected") as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ statusCode: 409, code: "idempotency_key_in_use" });
  });

  test("a key may be used anew after a day", async () => {
    const options = { idempotencyKey: "order-5" };
    const first = await harness.stripe.checkout.sessions.create(ORDER, options);
    harness.advance(24 * 60 * 60 * 1000 + 1000);
    const second = await harness.stripe.checkout.sessions.create(ORDER, options);
    expect(second.id).not.toBe(first.id);
  });
});
