import { at, type Model, type Order } from "./model.ts";
import { standing } from "./refunds.ts";

export const WAY = ["waiting", "accepted", "packed", "shipped", "delivered"];

/** The order's state as its parcels tell it; a refund or a dispute says more than boxes do. */
export function progress(model: Model, order: Order, from = order.status): string {
  const statuses = order.parcels
    .map((parcel) => at(model.parcels, parcel).status)
    .filter((status) => status !== "cancelled");
  if (!["paid", "packing", "shipped", "delivered"].includes(from)) return from;
  if (statuses.length === 0) return from;
  const far = statuses.map((status) => WAY.indexOf(status));
  if (far.every((step) => step >= 4)) return "delivered";
  if (far.every((step) => step >= 3)) return from === "delivered" ? from : "shipped";
  if (!far.some((step) => step >= 1)) return from;
  return from === "paid" || from === "packing" ? "packing" : from;
}

/** Where an order stands whose money came back: where its parcels are, less what else went. */
export function restored(model: Model, order: Order, payment: number): string {
  const isOff = order.parcels.every((each) => at(model.parcels, each).status === "cancelled");
  const stands = standing(model, payment);
  if (stands === "refunded") return stands;
  if (isOff) return "cancelled";
  if (stands === "partly-refunded") return stands;
  const goods = progress(model, order, "paid");
  return goods === "delivered" && order.isCompleted ? "completed" : goods;
}
