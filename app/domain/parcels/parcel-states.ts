/** The way of a parcel, in order; "cancelled" leaves it from anywhere before shipping. */
export const parcelStatuses = [
  "waiting",
  "accepted",
  "packed",
  "shipped",
  "delivered",
  "cancelled",
] as const;

export type ParcelStatus = (typeof parcelStatuses)[number];

/** Those in which something is still to be done; of all others there are more every day. */
export const openParcelStatuses = ["waiting", "accepted", "packed", "shipped"] as const;
export type OpenParcelStatus = (typeof openParcelStatuses)[number];
/** Those in which it is still in the house. */
export const hereStatuses = ["waiting", "accepted", "packed"] as const;
export type ParcelEvent = "accept" | "pack" | "ship" | "deliver" | "cancel";

/** What stands in the way: each says what to do first, or that nothing can be done. */
export type ParcelRefusal =
  | "accept-first"
  | "pack-first"
  | "ship-first"
  | "already-shipped"
  | "parcel-cancelled";

type Cell = ParcelStatus | ParcelRefusal;

// A cell that names a status is allowed; naming the status it is in (or one behind it) means
// that the event was sent again after its effect, which changes nothing.
const table: Record<ParcelEvent, Record<ParcelStatus, Cell>> = {
  accept: {
    waiting: "accepted",
    accepted: "accepted",
    packed: "packed",
    shipped: "shipped",
    delivered: "delivered",
    cancelled: "parcel-cancelled",
  },
  pack: {
    waiting: "accept-first",
    accepted: "packed",
    packed: "packed",
    shipped: "shipped",
    delivered: "delivered",
    cancelled: "parcel-cancelled",
  },
  ship: {
    waiting: "accept-first",
    accepted: "pack-first",
    packed: "shipped",
    shipped: "shipped",
    delivered: "delivered",
    cancelled: "parcel-cancelled",
  },
  deliver: {
    waiting: "ship-first",
    accepted: "ship-first",
    packed: "ship-first",
    shipped: "delivered",
    delivered: "delivered",
    cancelled: "parcel-cancelled",
  },
  // Until the carrier has it, it can be called off; after that only money can go back.
  cancel: {
    waiting: "cancelled",
    accepted: "cancelled",
    packed: "cancelled",
    shipped: "already-shipped",
    delivered: "already-shipped",
    cancelled: "cancelled",
  },
};

/**
 * What an event does to a parcel. `isNew` is false when the parcel has that event behind it
 * already: a form sent twice gets the same answer and changes nothing.
 */
export function nextParcelStatus(
  status: ParcelStatus,
  event: ParcelEvent,
): { ok: true; status: ParcelStatus; isNew: boolean } | { ok: false; reason: ParcelRefusal } {
  const cell = table[event][status];
  if (!isStatus(cell)) return { ok: false, reason: cell };
  return { ok: true, status: cell, isNew: cell !== status };
}

/** Narrows a column's text to a status; the database's CHECK holds the same list. */
export function isStatus(text: string): text is ParcelStatus {
  return parcelStatuses.some((status) => status === text);
}

/** Whether something is still to be done in it. */
export function isOpen(status: ParcelStatus): status is OpenParcelStatus {
  return openParcelStatuses.some((open) => open === status);
}

/** Whether it is still in the house: what is in it can be put right, and it can be called off. */
export function isHere(status: ParcelStatus): boolean {
  return hereStatuses.some((here) => here === status);
}

/** Whether its box is open: things still go in. */
export function isBoxOpen(status: ParcelStatus): boolean {
  return status === "waiting" || status === "accepted";
}

/** Whether the carrier has it, or had. */
export function hasLeft(status: ParcelStatus): boolean {
  return status === "shipped" || status === "delivered";
}
