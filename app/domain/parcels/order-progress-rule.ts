import { nextOrderStatus, type OrderEvent, type OrderStatus } from "../orders/order-states.ts";
import type { ParcelStatus } from "./parcel-states.ts";

export type OrderProgress = "paid" | "packing" | "shipped" | "delivered";

/**
 * The progress of an order as its parcels tell it: delivered when all are, shipped when all are
 * at least shipped, packing when any is taken up. Cancelled parcels do not count; null when
 * nothing else is left.
 */
export function orderProgress(parcels: ParcelStatus[]): OrderProgress | null {
  const live = parcels.filter((status) => status !== "cancelled");
  if (live.length === 0) return null;
  if (live.every((status) => status === "delivered")) return "delivered";
  if (live.every((status) => status === "delivered" || status === "shipped")) return "shipped";
  return live.some((status) => status !== "waiting") ? "packing" : "paid";
}

const events: Record<OrderProgress, OrderEvent | null> = {
  paid: null,
  packing: "packing-began",
  shipped: "all-shipped",
  delivered: "all-delivered",
};

/**
 * The order's next status by the table of order states. Where the table refuses (a refund, a
 * dispute or a completion says more than where the boxes are), the status stays.
 */
export function deriveOrderStatus(current: OrderStatus, parcels: ParcelStatus[]): OrderStatus {
  const progress = orderProgress(parcels);
  const event = progress && events[progress];
  return (event && nextOrderStatus(current, event)) ?? current;
}
