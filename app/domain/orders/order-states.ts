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

/** What an event does beside the order's own state, in the same transaction. */
export type OrderEffect =
  /** What was held for the order is sold. */
  | "sell-hold"
  /** Its hold had ended: the goods are taken again, or, gone meanwhile, the payment goes back. */
  | "take-stock-again"
  /** What was held is on sale again. */
  | "release-hold"
  /** What was sold and has not been sent is on sale again. */
  | "return-stock"
  /** The parcels wait for their cooperatives. */
  | "open-parcels"
  /** What has not been sent is called off. */
  | "close-parcels"
  | "post-sale"
  /** All that is left is asked back of Stripe: a refund is written down and queued. */
  | "ask-refund"
  | "post-refund"
  | "reverse-refund"
  /** What accounts have of parcels called off is the buyer's, and moved where nobody is paid of it. */
  | "owe-buyer"
  /** What the bank took or gave, and who bears it. */
  | "post-dispute";

type Step = { to: OrderStatus; effects: readonly OrderEffect[] };

const then = (to: OrderStatus, ...effects: OrderEffect[]): Step => ({ to, effects });

const ENDED = ["release-hold", "close-parcels"] as const;
const PAID_LATE = then("paid", "take-stock-again", "open-parcels", "post-sale");
const CALLED_OFF = then("cancelled", "return-stock", "close-parcels", "ask-refund");
/** The bank sent money back to us: the goods go on, and what is off is owed to the buyer. */
const CAME_BACK = then("paid", "reverse-refund", "owe-buyer");
const DISPUTED = then("disputed", "post-dispute");

/** What money may do to an order that has been paid and not fully given back; all of it was sent. */
const REFUNDABLE = {
  "partly-refunded": then("partly-refunded", "post-refund"),
  "fully-refunded": then("refunded", "post-refund"),
  "dispute-opened": DISPUTED,
};
/** The same while something of it may be at the cooperatives still. */
const UNSENT = {
  ...REFUNDABLE,
  "fully-refunded": then("refunded", "post-refund", "return-stock", "close-parcels"),
};

/** The one table of (state × event → state, effects): a pair that is not in it is refused. */
const TABLE: Record<OrderStatus, Partial<Record<OrderEvent, Step>>> = {
  "pending-payment": {
    settled: then("paid", "sell-hold", "open-parcels", "post-sale"),
    expired: then("expired", ...ENDED),
    cancelled: then("cancelled", ...ENDED),
  },
  paid: {
    "packing-began": then("packing"),
    "all-shipped": then("shipped"),
    "all-delivered": then("delivered"),
    cancelled: CALLED_OFF,
    ...UNSENT,
  },
  packing: {
    "packing-began": then("packing"),
    "all-shipped": then("shipped"),
    "all-delivered": then("delivered"),
    // By the cooperatives, once every parcel is off; the buyer only before packing began.
    cancelled: CALLED_OFF,
    ...UNSENT,
  },
  shipped: {
    "all-shipped": then("shipped"),
    "all-delivered": then("delivered"),
    ...REFUNDABLE,
  },
  delivered: {
    "all-delivered": then("delivered"),
    completed: then("completed"),
    ...REFUNDABLE,
  },
  completed: { completed: then("completed"), ...REFUNDABLE },
  // A payment that was under way when the buyer cancelled or the time ran out.
  // Once paid, a bank may have a say in it like in any other.
  cancelled: {
    settled: PAID_LATE,
    "fully-refunded": REFUNDABLE["fully-refunded"],
    "dispute-opened": DISPUTED,
  },
  expired: { settled: PAID_LATE },
  // The refund is what the buyer must see first; how far the goods are, the parcels say.
  "partly-refunded": {
    "packing-began": then("partly-refunded"),
    "all-shipped": then("partly-refunded"),
    "all-delivered": then("partly-refunded"),
    completed: then("partly-refunded"),
    // What is left of it: by the buyer before packing began, or with its last parcel.
    cancelled: CALLED_OFF,
    "refund-failed": CAME_BACK,
    ...UNSENT,
  },
  refunded: {
    "fully-refunded": REFUNDABLE["fully-refunded"],
    "refund-failed": CAME_BACK,
    "dispute-opened": DISPUTED,
  },
  disputed: {
    "dispute-opened": DISPUTED,
    "dispute-closed": then("paid", "post-dispute"),
    "fully-refunded": UNSENT["fully-refunded"],
  },
};

/** What the event does to an order of this status; null when it is refused. */
export function orderStep(status: OrderStatus, event: OrderEvent): Step | null {
  return TABLE[status][event] ?? null;
}

/** The order's status after the event, or null when the event is refused in this status. */
export function nextOrderStatus(status: OrderStatus, event: OrderEvent): OrderStatus | null {
  return orderStep(status, event)?.to ?? null;
}
