/**
 * Refusals that no later try can change: the money is with the buyer or her bank, or not so much is
 * left of the payment. Stripe gives the last one no code of its own. A payment that it does not know
 * (resource_missing) is none of them: it took that payment, so the key in use is another account's.
 * https://docs.stripe.com/error-codes
 */
const FINAL: ReadonlySet<string> = new Set([
  "charge_already_refunded",
  "payment_intent_unexpected_state",
  "StripeInvalidRequestError",
]);

/** A bank has the payment in dispute: final once it has been lost, and until then not now. */
export const DISPUTED: ReadonlySet<string> = new Set([
  "charge_disputed",
  "refund_disputed_payment",
]);

/** Whether a refund that Stripe refused with this code has failed; else it is asked for again. */
export const isFinalRefusal = (code: string, { isLost }: { isLost: boolean }) =>
  FINAL.has(code) || (isLost && DISPUTED.has(code));

/** So often refused for now, a refund has waited for some hours: its buyer is to hear of it. */
const MANY_REFUSALS = 6;

/** Whether a refusal for now is worth telling: not while her bank has the money anyway. */
export const isWorthTelling = (code: string, refusals: number) =>
  refusals >= MANY_REFUSALS && !DISPUTED.has(code);

const MINUTE_MS = 60_000;
const FIRST_WAIT_MINUTES = 5;
const LONGEST_WAIT_MINUTES = 12 * 60;

/** When to ask again after so many refusals: twice as long each time, at last twice a day. */
export function nextTryAt(refusals: number, now: Date): Date {
  const minutes = Math.min(FIRST_WAIT_MINUTES * 2 ** (refusals - 1), LONGEST_WAIT_MINUTES);
  return new Date(now.getTime() + minutes * MINUTE_MS);
}
