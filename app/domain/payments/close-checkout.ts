import type { PaymentGateway } from "#app/gateways/payments.ts";

/**
 * Makes sure that a checkout can be paid no more, and says what it is then: `closed`, `paid` (the
 * buyer was faster), `processing` (the bank has not decided) or `payments-unavailable`. Stripe is
 * the judge of the race between paying and closing; no local clock is.
 */
export async function closeCheckout(
  payments: PaymentGateway,
  checkoutSessionId: string,
): Promise<"closed" | "paid" | "processing" | "payments-unavailable"> {
  const expired = await payments.expireCheckout(checkoutSessionId);
  if (expired.ok || expired.reason === "unknown-checkout") return "closed";
  if (expired.reason === "payments-unavailable") return "payments-unavailable";
  const found = await payments.retrieveCheckout(checkoutSessionId);
  if (!found.ok) return found.reason === "unknown-checkout" ? "closed" : "payments-unavailable";
  if (found.checkout.payment) return "paid";
  return found.checkout.isProcessing ? "processing" : "closed";
}
