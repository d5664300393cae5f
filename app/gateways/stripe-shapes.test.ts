import { describe, expect, test } from "vitest";
import type { CheckoutOrder } from "./payments.ts";
import { lineItems, orderMetadata } from "./stripe-shapes.ts";

const codeOf = (n: number) => `LS-${String(n).padStart(6, "0")}`;

function order(made: { codes?: number; lines?: number }): CheckoutOrder {
  return {
    orderId: "01980000-0000-7000-8000-000000000001",
    number: "TJ20261122000001",
    locale: "zh",
    lines: Array.from({ length: made.lines ?? 1 }, (_, n) => ({
      name: `苹果 ${n}`,
      unitFen: 100 + n,
      quantity: 1 + (n % 3),
    })),
    reliefCodes: Array.from({ length: made.codes ?? 1 }, (_, n) => codeOf(n)),
    expiresAt: new Date(),
    successUrl: "http://market.test/return",
    cancelUrl: "http://market.test",
    idempotencyKey: "key",
  };
}

const accountsOf = (metadata: Record<string, string>) =>
  Object.entries(metadata).filter(([key]) => key.startsWith("relief_accounts_"));

describe("what Stripe's records say of an order", () => {
  test("names it, and its relief accounts under one key while they fit", () => {
    expect(orderMetadata(order({ codes: 2 }))).toEqual({
      order_id: "01980000-0000-7000-8000-000000000001",
      order_number: "TJ20261122000001",
      relief_accounts_1: "LS-000000,LS-000001",
    });
  });

  // A code has 9 characters and a comma: 50 are 499, and the next would make 509.
  test.each([
    [50, [499]],
    [51, [499, 9]],
    [120, [499, 499, 199]],
  ])(
    "spreads %i accounts so that no value is over 500 characters, and loses none",
    (codes, lengths) => {
      const accounts = accountsOf(orderMetadata(order({ codes })));
      expect(accounts.map(([key]) => key)).toEqual(
        lengths.map((_, index) => `relief_accounts_${index + 1}`),
      );
      expect(accounts.map(([, value]) => value.length)).toEqual(lengths);
      const named = accounts.flatMap(([, value]) => value.split(","));
      expect(named).toEqual(Array.from({ length: codes }, (_, n) => codeOf(n)));
    },
  );

  test("fills a value to the last of its 500 characters", () => {
    const reliefCodes = ["A".repeat(250), "B".repeat(249), "C"];
    const accounts = accountsOf(orderMetadata({ ...order({}), reliefCodes }));
    expect(accounts.map(([, value]) => value.length)).toEqual([500, 1]);
    const over = accountsOf(orderMetadata({ ...order({}), reliefCodes: ["A", "B".repeat(499)] }));
    expect(over.map(([, value]) => value.length)).toEqual([1, 499]);
  });

  test("stays within Stripe's fifty keys, however many accounts an order reaches", () => {
    const metadata = orderMetadata(order({ codes: 5_000 }));
    expect(Object.keys(metadata).length).toBeLessThanOrEqual(50);
    expect(accountsOf(metadata)).toHaveLength(40);
  });
});

describe("what the payment page lists", () => {
  const sumOf = (items: ReturnType<typeof lineItems>) =>
    items.reduce((sum, { price_data, quantity }) => {
      return sum + (price_data?.unit_amount ?? 0) * (quantity ?? 0);
    }, 0);
  const wanted = (lines: number) =>
    order({ lines }).lines.reduce((sum, { unitFen, quantity }) => sum + unitFen * quantity, 0);

  test.each([1, 100])("is every one of %i lines, in yuan's fen", (lines) => {
    const items = lineItems(order({ lines }));
    expect(items).toHaveLength(lines);
    expect(sumOf(items)).toBe(wanted(lines));
    expect(items[0]).toEqual({
      quantity: 1,
      price_data: { currency: "cny", unit_amount: 100, product_data: { name: "苹果 0" } },
    });
  });

  test("is one sum, named by the order, when Stripe would not take so many lines", () => {
    const items = lineItems(order({ lines: 101 }));
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      quantity: 1,
      price_data: { product_data: { name: "TJ20261122000001" } },
    });
    expect(sumOf(items)).toBe(wanted(101));
  });
});
