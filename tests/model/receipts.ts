import { at, MINUTE, type Model, type Order, type Parcel } from "./model.ts";
import { progress } from "./progress.ts";

const DAY = 24 * 60 * MINUTE;
const WEEK = 7 * DAY;
/** Money that went, or that a bank is asked for, says more than where a box may be. */
const SILENT = ["cancelled", "refunded", "disputed"];

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

/** The buyer says it of one parcel; with the last that she says it of the order is complete. */
export function receiveOne(model: Model, index: number): string {
  const parcel = at(model.parcels, index);
  const order = at(model.orders, parcel.order);
  if (parcel.status === "delivered") return `${order.status} again`;
  if (parcel.status !== "shipped" || SILENT.includes(order.status)) return "not-receivable";
  arrive(model, parcel);
  const isHerWord = live(model, order).every(({ isTheirWord }) => !isTheirWord);
  if (order.status === "delivered" && isHerWord) {
    Object.assign(order, { status: "completed", isCompleted: true });
  }
  return `${order.status} new`;
}

/** A parcel on its way has come, and its cooperative did not say so; the order follows. */
export function arrive(model: Model, parcel: Parcel): void {
  Object.assign(parcel, { status: "delivered", deliveredAt: model.now });
  const order = at(model.orders, parcel.order);
  order.status = progress(model, order);
}

/** A week goes by: what left ten days ago has come, and what was delivered before it is complete. */
export function letWeekPass(model: Model): void {
  model.now += WEEK;
  for (const parcel of model.parcels.filter(({ status }) => status === "shipped")) {
    const isSilent = SILENT.includes(at(model.orders, parcel.order).status);
    if (!isSilent && parcel.shippedAt <= model.now - 10 * DAY) arrive(model, parcel);
  }
  for (const order of model.orders.filter(({ status }) => status === "delivered")) {
    const last = Math.max(...live(model, order).map((parcel) => parcel.deliveredAt));
    if (last <= model.now - WEEK) Object.assign(order, { status: "completed", isCompleted: true });
  }
}
