import { at, MINUTE, type Model, type Order } from "./model.ts";

const WEEK = 7 * 24 * 60 * MINUTE;

const live = (model: Model, order: Order) =>
  order.parcels
    .map((parcel) => at(model.parcels, parcel))
    .filter(({ status }) => status !== "cancelled");

/** The buyer says that all of it has come: nothing of it may be anywhere but with her or on its way. */
export function receive(model: Model, index: number): string {
  const order = at(model.orders, index);
  const parcels = live(model, order);
  const isUnderWay = parcels.some(({ status }) => status === "shipped");
  const hasLeft = parcels.every(({ status }) => status === "shipped" || status === "delivered");
  if (order.status === "completed") return "completed again";
  const isPartly = order.status === "partly-refunded";
  if (isPartly && hasLeft && parcels.length > 0 && !isUnderWay) return "partly-refunded again";
  const isOpen = isPartly ? isUnderWay : ["shipped", "delivered"].includes(order.status);
  if (!isOpen || !hasLeft) return "not-receivable";
  for (const parcel of parcels.filter(({ status }) => status === "shipped")) {
    Object.assign(parcel, { status: "delivered", deliveredAt: model.now });
  }
  if (!isPartly) Object.assign(order, { status: "completed", isCompleted: true });
  return `${order.status} new`;
}

/** A week goes by: what was delivered before it is complete. */
export function letWeekPass(model: Model): void {
  model.now += WEEK;
  for (const order of model.orders.filter(({ status }) => status === "delivered")) {
    const last = Math.max(...live(model, order).map((parcel) => parcel.deliveredAt));
    if (last <= model.now - WEEK) Object.assign(order, { status: "completed", isCompleted: true });
  }
}
