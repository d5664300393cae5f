import { setTimeout } from "node:timers/promises";
import Stripe from "stripe";

const MOST_WAITS = 2;

/**
 * What Stripe refuses because it had too many requests is asked again later, after twice as long
 * each time and never by all at once. https://docs.stripe.com/rate-limits
 */
export async function patiently<Answer>(call: () => Promise<Answer>, waits = 0): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeRateLimitError) || waits === MOST_WAITS) throw error;
    await setTimeout(250 * 2 ** waits * (1 + Math.random()));
    return patiently(call, waits + 1);
  }
}
