/**
 * The states of an order that was really paid (its paid_at says so too: an order may also be
 * cancelled unpaid). A cooperative sees no parcel of any other: packing it would give produce away.
 */
export const paidOrderStatuses = [
  "paid",
  "packing",
  "shipped",
  "delivered",
  "completed",
  "cancelled",
  "partly-refunded",
  "refunded",
  "disputed",
] as const;

/** States in which nothing more may leave the house: the buyer has, or may get, the money back. */
export const stoppedOrderStatuses: readonly string[] = ["cancelled", "refunded", "disputed"];
