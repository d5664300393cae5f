/**
 * The states of an order that was really paid. A cooperative sees no parcel of any other: one
 * that is not paid may never be, and packing it would give produce away.
 */
export const paidOrderStatuses = [
  "paid",
  "packing",
  "shipped",
  "delivered",
  "completed",
  "partly-refunded",
  "refunded",
  "disputed",
] as const;

/** States in which nothing more may leave the house: the buyer has, or may get, the money back. */
export const stoppedOrderStatuses: readonly string[] = ["refunded", "disputed"];
