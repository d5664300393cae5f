/** What an order's page may say on arrival; anything else in the URL is ignored. */
export const arrivals = [
  "paid",
  "confirming",
  "unpaid",
  "checking",
  "refunding",
  "payments-unavailable",
  "amount-too-small",
  "order-not-payable",
  "order-not-cancellable",
  "over",
  "address-corrected",
  "payment-waits",
  "order-changed",
  "cancelled",
  "cancelled-refunding",
  "received",
  "parcel-received",
  "not-receivable",
  "invoice-saved",
  "phone-confirmed",
  "substitute-accepted",
  "substitute-declined",
  "substitute-too-late",
  "substitute-offer-changed",
  "substitute-order-stopped",
  "substitute-answered",
] as const;
export type Arrival = (typeof arrivals)[number];

/** A checkout's id as Stripe writes it; anything else in the URL is ignored. */
export const CHECKOUT = /^cs_[A-Za-z0-9_]{1,200}$/;

/** The page of an order, with the news it greets its buyer with. */
export function orderPath(number = "", news?: string): string {
  const path = `/orders/${encodeURIComponent(number)}`;
  return arrivals.some((arrival) => arrival === news) ? `${path}?news=${news}` : path;
}
