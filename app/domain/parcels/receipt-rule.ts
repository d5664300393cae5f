import type { OrderStatus } from "../orders/order-states.ts";
import type { ParcelStatus } from "./parcel-states.ts";

/** After so many days an order that was delivered is complete, whether anybody says so or not. */
export const COMPLETE_AFTER_DAYS = 7;
/** A parcel that has left and that nobody has marked counts as delivered after so many days. */
export const ARRIVES_WITHIN_DAYS = 10;
/** States in which somebody else says what becomes of the money: nothing is taken for received. */
const SILENT: readonly OrderStatus[] = [
  "pending-payment",
  "expired",
  "cancelled",
  "refunded",
  "disputed",
];

/**
 * Whether a buyer can say that an order has come: all of it has left, and she has not said so.
 * Of a partly refunded one the parcels have to tell, for its status tells of the refund.
 */
export function isReceivable(status: OrderStatus, parcels: readonly string[]): boolean {
  if (status === "shipped" || status === "delivered") return true;
  const live = parcels.filter((parcel) => parcel !== "cancelled");
  const haveLeft = live.every((parcel) => parcel === "shipped" || parcel === "delivered");
  return status === "partly-refunded" && haveLeft && live.includes("shipped");
}

/** Whether a buyer can say that one parcel has come, wherever the others of its order are. */
export function isParcelReceivable(status: OrderStatus, parcel: ParcelStatus): boolean {
  return parcel === "shipped" && !SILENT.includes(status);
}

/** Of which one parcel alone is asked: the order's own question would speak of others, too. */
export function asksByParcel(parcels: readonly { status: string }[]): boolean {
  return parcels.filter(({ status }) => status !== "cancelled").length > 1;
}
