import { v7 as uuidv7 } from "uuid";
import type { TestPayments } from "#tests/setup/payments.ts";

export async function newestCharge({ stripe }: TestPayments): Promise<string> {
  return (await stripe.charges.list({ limit: 1 })).data[0]?.id ?? "";
}

/** ¥30.00 paid on the payment page of an order that a restored backup knows nothing of. */
export async function makeLostCharge(payments: TestPayments, card?: string) {
  const opened = await payments.gateway.createCheckout({
    ...{ orderId: uuidv7(), number: "TJ20261122000001", locale: "zh", reliefCodes: ["LS-000123"] },
    lines: [{ name: "苹果", unitFen: 1_500, quantity: 2 }],
    expiresAt: new Date(Date.now() + 60 * 60_000),
    ...{ successUrl: "http://shop.test/paid", cancelUrl: "http://shop.test/cart" },
    idempotencyKey: `checkout:${uuidv7()}`,
  });
  if (!opened.ok) throw new Error(opened.reason);
  if (!(await payments.pay(opened.checkout.url, card))) throw new Error("it was refused");
  return { checkoutSessionId: opened.checkout.id, chargeId: await newestCharge(payments) };
}
