import type { OrderStatus } from "../orders/order-states.ts";

/** After so many days an order that was delivered is complete, whether anybody says so or not. */
export const COMPLETE_AFTER_DAYS = 7;

/**
 * Whether a buyer can say that an order has come: all of it has left, and she has not said so.
 * Of a partly refunded one the parcels have to tell, for its status tells of the refund.
 */
export function isReceivable(status: OrderStatus, parcels: readonly string[]): boolean {
  if (status === "shipped" || status === "delivered") return true;
  const live = parcels.filter((parcel) => parcel !== "cancelled");
  const hasLeft = live.every((parcel) => parcel === "shipped" || parcel === "delivered");
  return status === "partly-refunded" && hasLeft && live.includes("shipped");
}
