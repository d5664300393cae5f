import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";

let payments: TestPayments;
beforeAll(async () => {
  payments = await startTestPayments();
});
afterAll(() => payments.close());

async function makeCharge(): Promise<string> {
  const made = await payments.gateway.createCheckout({
    orderId: "0199f000-0000-7000-8000-000000000001",
    number: "TJ20261122000001",
    locale: "zh",
    lines: [{ name: "苹果", unitFen: 2_000, quantity: 1 }],
    reliefCodes: ["LS-000123"],
    expiresAt: new Date(Date.now() + 31 * 60_000),
    successUrl: "http://shop.test/paid",
    cancelUrl: "http://shop.test/cart",
    idempotencyKey: "checkout:1",
  });
  if (!made.ok) throw new Error(made.reason);
  await payments.pay(made.checkout.url);
  const { data } = await payments.stripe.charges.list({ limit: 1 });
  return data[0]?.id ?? "";
}

describe("what Stripe shows a hundred at a time", () => {
  test("is read whole: a charge's refunds and the balance", async () => {
    const charge = await makeCharge();
    const { refunds, balanceTransactions } = payments.stripe;
    for (let part = 0; part < 101; part++) await refunds.create({ charge, amount: 10 });

    const found = await payments.gateway.retrieveCharge(charge);
    expect(found.ok && new Set(found.charge.refunds.map(({ id }) => id)).size).toBe(101);

    const first = await payments.gateway.listMovements({ since: null, after: null });
    if (!first.ok) throw new Error(first.reason);
    expect(first.movements).toHaveLength(100);
    const rest = await payments.gateway.listMovements({ since: null, after: first.next });
    if (!rest.ok) throw new Error(rest.reason);
    expect(rest.next).toBeNull();
    const lines = [...first.movements, ...rest.movements];
    expect(new Set(lines.map(({ id }) => id)).size).toBe(102);
    const { data } = await balanceTransactions.list({ type: "charge" });
    expect(lines.at(-1)).toEqual({
      id: data[0]?.id,
      fen: 2_000,
      feeFen: 303,
      currency: "cny",
      type: "charge",
      category: "charge",
      sourceId: charge,
      movedAt: new Date(Number(data[0]?.created) * 1000),
      availableAt: new Date(Number(data[0]?.available_on) * 1000),
    });
  });

  test("is asked for from a moment on", async () => {
    const since = new Date(Date.now() + 60_000);
    const none = await payments.gateway.listMovements({ since, after: null });
    expect(none).toEqual({ ok: true, movements: [], next: null });
  });
});
