/** Where an order stands; the words of the orders table. */
export const ORDER_STATUSES = [
  "pending-payment",
  "paid",
  "packing",
  "shipped",
  "delivered",
  "completed",
  "cancelled",
  "expired",
  "partly-refunded",
  "refunded",
  "disputed",
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** What can happen to an order. */
export const ORDER_EVENTS = [
  /** The payment is there and the stock is sold; also a late payment whose stock was found again. */
  "settled",
  "expired",
  /** By the buyer or the cooperative; after payment it brings a full refund with it. */
  "cancelled",
  "packing-began",
  "all-shipped",
  "all-delivered",
  "completed",
  "partly-refunded",
  "fully-refunded",
  /** The bank sent money back to us: to paid, then parcels and other refunds are applied again. */
  "refund-failed",
  "dispute-opened",
  /**
   * No bank has one open any more, and not all of the money is gone: back to paid, then what
   * parcels and refunds say is applied again.
   */
  "dispute-closed",
] as const;
export type OrderEvent = (typeof ORDER_EVENTS)[number];

/** What money may do to an order that has been paid and not fully given back. */
const REFUNDABLE = {
  "partly-refunded": "partly-refunded",
  "fully-refunded": "refunded",
  "dispute-opened": "disputed",
} as const;

/** The one table: a pair that is not in it is refused. */
const TABLE: Record<OrderStatus, Partial<Record<OrderEvent, OrderStatus>>> = {
  "pending-payment": { settled: "paid", expired: "expired", cancelled: "cancelled" },
  paid: {
    "packing-began": "packing",
    "all-shipped": "shipped",
    "all-delivered": "delivered",
    cancelled: "cancelled",
    ...REFUNDABLE,
  },
  packing: {
    "packing-began": "packing",
    "all-shipped": "shipped",
    "all-delivered": "delivered",
    // By the cooperatives, once every parcel is off; the buyer only before packing began.
    cancelled: "cancelled",
    ...REFUNDABLE,
  },
  shipped: { "all-shipped": "shipped", "all-delivered": "delivered", ...REFUNDABLE },
  delivered: { "all-delivered": "delivered", completed: "completed", ...REFUNDABLE },
  completed: { completed: "completed", ...REFUNDABLE },
  // A payment that was under way when the buyer cancelled or the time ran out.
  // Once paid, a bank may have a say in it like in any other.
  cancelled: { settled: "paid", "fully-refunded": "refunded", "dispute-opened": "disputed" },
  expired: { settled: "paid" },
  // The refund is what the buyer must see first; how far the goods are, the parcels say.
  "partly-refunded": {
    "packing-began": "partly-refunded",
    "all-shipped": "partly-refunded",
    "all-delivered": "partly-refunded",
    completed: "partly-refunded",
    // What is left of it: by the buyer before packing began, or with its last parcel.
    cancelled: "cancelled",
    "refund-failed": "paid",
    ...REFUNDABLE,
  },
  refunded: {
    "fully-refunded": "refunded",
    "refund-failed": "paid",
    "dispute-opened": "disputed",
  },
  disputed: {
    "dispute-opened": "disputed",
    "dispute-closed": "paid",
    "fully-refunded": "refunded",
  },
};

/** The order's status after the event, or null when the event is refused in this status. */
export function nextOrderStatus(status: OrderStatus, event: OrderEvent): OrderStatus | null {
  return TABLE[status][event] ?? null;
}
