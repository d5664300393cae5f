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

const derived = new Set(["paid", "packing", "shipped", "delivered"]);

/**
 * The order's next status. Only a status that came from the parcels is replaced by them: a
 * refund, a dispute or a completion says more than where the boxes are.
 */
export function deriveOrderStatus(current: string, parcels: ParcelStatus[]): string {
  return derived.has(current) ? (orderProgress(parcels) ?? current) : current;
}
