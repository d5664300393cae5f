/** So many looks at Stripe for one order within so long: enough for a few tabs and reloads. */
const MOST_LOOKS = 3;
const WINDOW_MS = 5_000;

/** When each order was looked at, oldest first; kept no longer than it counts. */
const looks = new Map<string, number[]>();

/**
 * Whether Stripe may be asked about an order once more because a browser comes by, and counts it:
 * what anybody may repeat for nothing must not use up the calls that Stripe allows the market.
 * Counted in memory, by process. https://docs.stripe.com/rate-limits
 */
export function mayLook(orderId: string, now = Date.now()): boolean {
  for (const [id, times] of looks) {
    if ((times.at(-1) ?? 0) > now - WINDOW_MS) break;
    looks.delete(id);
  }
  const recent = (looks.get(orderId) ?? []).filter((at) => at > now - WINDOW_MS);
  if (recent.length >= MOST_LOOKS) return false;
  // Put back at the end, so that the oldest stay first.
  looks.delete(orderId);
  looks.set(orderId, [...recent, now]);
  return true;
}
