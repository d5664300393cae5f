import type { PaymentGateway } from "#app/gateways/payments.ts";

/**
 * Makes sure that a checkout can be paid no more, and says what it is then: `closed`, `paid` (the
 * buyer was faster), `processing` (the bank has not decided) or `payments-unavailable`. Stripe is
 * the judge of the race between paying and closing; no local clock is. A checkout of ours that Stripe
 * does not know may be paid all the same (another account's key is in use), and so may one that is
 * open still when it would not be closed: `payments-unavailable`, ask again.
 */
export async function closeCheckout(
  payments: PaymentGateway,
  checkoutSessionId: string,
): Promise<"closed" | "paid" | "processing" | "payments-unavailable"> {
  const expired = await payments.expireCheckout(checkoutSessionId);
  if (expired.ok) return "closed";
  if (expired.reason !== "not-open") return "payments-unavailable";
  const found = await payments.retrieveCheckout(checkoutSessionId);
  if (!found.ok) return "payments-unavailable";
  if (found.checkout.payment) return "paid";
  if (found.checkout.isProcessing) return "processing";
  return found.checkout.status === "open" ? "payments-unavailable" : "closed";
}
