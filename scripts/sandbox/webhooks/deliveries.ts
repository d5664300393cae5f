import type { Store } from "../store.ts";

export type DeliveryState = "pending" | "delivered" | "failed" | "dropped" | "unaddressed";

/** One copy of one event on its way. Times are in ms. */
export interface Delivery {
  id: number;
  event: string;
  type: string;
  state: DeliveryState;
  attempts: number;
  next_at: number | null;
  /** The receiver's HTTP status, when it answered. */
  answer: number | null;
  failure: string | null;
  created_at: number;
  delivered_at: number | null;
}

export function listDeliveries(store: Store, limit: number, event?: string): Delivery[] {
  if (event)
    return store.all(
      "SELECT * FROM deliveries WHERE event = ? ORDER BY id DESC LIMIT ?",
      event,
      limit,
    );
  return store.all("SELECT * FROM deliveries ORDER BY id DESC LIMIT ?", limit);
}

export function findDelivery(store: Store, id: number): Delivery | undefined {
  return store.first("SELECT * FROM deliveries WHERE id = ?", id);
}

export function addDelivery(
  store: Store,
  delivery: Pick<Delivery, "event" | "type" | "state" | "next_at" | "created_at">,
) {
  store.run(
    "INSERT INTO deliveries (event, type, state, next_at, created_at) VALUES (?, ?, ?, ?, ?)",
    delivery.event,
    delivery.type,
    delivery.state,
    delivery.next_at,
    delivery.created_at,
  );
}
