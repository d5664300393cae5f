import { cover } from "./losses.ts";
import { at, type Model, type Order } from "./model.ts";
import { handFreightOn } from "./parted.ts";
import { progress, WAY } from "./progress.ts";
import { isKept } from "./promises.ts";
import { ask, isDisputed, left, refundable } from "./refunds.ts";
import { isAsked, STOPPED } from "./short.ts";
import { askNoMore, giveBack, writeOff } from "./stock.ts";

const EVENTS = { accept: 1, pack: 2, ship: 3, deliver: 4 } as const;

/** A cooperative sees the parcels of orders that were paid, and no other. */
const isSeen = (order: Order) =>
  order.wasPaid && order.status !== "pending-payment" && order.status !== "expired";

function tooEarly(event: keyof typeof EVENTS, from: number): string {
  if (event === "deliver") return "ship-first";
  return from === 0 ? "accept-first" : "pack-first";
}

/** One step of a parcel on its way; a step behind it is answered again. */
export function advance(model: Model, index: number, event: keyof typeof EVENTS): string {
  const parcel = at(model.parcels, index);
  const order = at(model.orders, parcel.order);
  if (!isSeen(order)) return "parcel-not-found";
  if (parcel.status === "cancelled") return "parcel-cancelled";
  const [from, to] = [WAY.indexOf(parcel.status), EVENTS[event]];
  if (from >= to) return `${parcel.status} ${order.status} again`;
  if (from < to - 1) return tooEarly(event, from);
  if (event !== "deliver" && STOPPED.includes(order.status)) return "order-stopped";
  if (event !== "accept" && isAsked(model, index)) return "substitute-open";
  parcel.status = at(WAY, to);
  if (event === "ship") parcel.shippedAt = model.now;
  if (event === "deliver") Object.assign(parcel, { deliveredAt: model.now, isTheirWord: true });
  order.status = progress(model, order);
  return `${parcel.status} ${order.status} new`;
}

type Off = {
  order: number;
  parcel: number | null;
  parcels: number[];
  reason: string;
  areLost?: boolean;
};

/** Money back, stock back, parcels off; "nothing left" to give back stops nothing. */
function callParcelsOff(model: Model, off: Off): number | null {
  const order = at(model.orders, off.order);
  const payment = model.payments.findIndex((each) => each.order === off.order && each.isSale);
  if (isDisputed(model, payment)) return null;
  handFreightOn(model, order, off.parcels);
  const asked = ask(model, { ...off, of: { kind: "all" } });
  if ("refusal" in asked && asked.refusal !== "nothing-left") return null;
  if (off.areLost) for (const parcel of off.parcels) writeOff(model, order, parcel);
  askNoMore(model, off.parcels);
  giveBack(model, order, off.parcels);
  for (const parcel of off.parcels) at(model.parcels, parcel).status = "cancelled";
  cover(model, off.order);
  return "fen" in asked ? asked.fen : 0;
}

/** The cooperative cannot send a parcel. */
export function callOff(model: Model, index: number, areLost: boolean): string {
  const parcel = at(model.parcels, index);
  const order = at(model.orders, parcel.order);
  if (!isSeen(order)) return "parcel-not-found";
  if (parcel.status === "cancelled") return "off again";
  if (parcel.status === "shipped" || parcel.status === "delivered") return "already-shipped";
  if (STOPPED.includes(order.status)) return "order-stopped";
  return callParcelOff(model, index, areLost) ? "off new" : "not-refundable";
}

/** A parcel is not sent, and the order follows; false where its money cannot go back now. */
export function callParcelOff(model: Model, index: number, areLost: boolean): boolean {
  const parcel = at(model.parcels, index);
  const order = at(model.orders, parcel.order);
  const reason = "cancelled-by-cooperative";
  const off = { order: parcel.order, parcel: index, parcels: [index], reason, areLost };
  if (callParcelsOff(model, off) === null) return false;
  const isOver = order.parcels.every((each) => at(model.parcels, each).status === "cancelled");
  if (!isOver) order.status = progress(model, order);
  else if (["paid", "packing", "partly-refunded"].includes(order.status)) {
    order.status = "cancelled";
  }
  return true;
}

/** A refund of an order failed, and something of it is still to come. */
function hasFailed(model: Model, index: number): boolean {
  const failed = model.refunds.filter((each) => each.order === index && each.status === "failed");
  const aside = model.payments.filter((each, place) => {
    const of = model.refunds.filter((refund) => refund.payment === place);
    const isTried = of.some(({ status, isTransfer }) => status === "failed" || isTransfer);
    const isAside = each.taken !== null && !each.isSale && each.currency === "cny";
    return each.order === index && isAside && isTried && refundable(model, place) > 0;
  });
  const isOwed = left(model, index, null).some(isKept) || aside.length > 0;
  return isOwed && failed.some(({ isTransfer }) => !isTransfer);
}

/** The buyer gives an order up that is no unpaid one. */
export function cancelPaid(model: Model, index: number, withRefund: boolean): string {
  const order = at(model.orders, index);
  const given = model.refunds.find(
    (each) => each.order === index && each.reason === "cancelled-by-buyer",
  );
  if (given || order.status === "cancelled") {
    return hasFailed(model, index) ? "refund-failed" : `cancelled ${given?.fen ?? 0}`;
  }
  const refusal = `order-not-cancellable ${order.status}`;
  if (!withRefund || !["paid", "partly-refunded"].includes(order.status)) return refusal;
  const statuses = order.parcels.map((each) => at(model.parcels, each).status);
  if (statuses.some((status) => status !== "waiting" && status !== "cancelled")) return refusal;
  const parcels = order.parcels.filter((each) => at(model.parcels, each).status === "waiting");
  if (parcels.length === 0) return refusal;
  const reason = "cancelled-by-buyer";
  const fen = callParcelsOff(model, { order: index, parcel: null, parcels, reason });
  if (fen === null) return refusal;
  order.status = "cancelled";
  return `cancelled ${fen}`;
}
