import type { Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { nextOrderStatus, type OrderStatus } from "../orders/order-states.ts";
import { deriveOrderStatus } from "./order-progress-rule.ts";
import type { ParcelStatus } from "./parcel-states.ts";

/**
 * Sets the state of an order of which one parcel was just called off: it is cancelled with its last,
 * and else as far as the others are. The caller holds the order's row and its parcels'.
 */
export async function followCancelled(
  trx: Transaction<DB>,
  of: {
    order: { id: string; status: OrderStatus };
    /** As they were before. */
    siblings: readonly { id: string; status: ParcelStatus }[];
    parcelId: string;
    now: Date;
  },
): Promise<void> {
  const { order, siblings, parcelId, now } = of;
  const statuses = siblings.map((each) => (each.id === parcelId ? "cancelled" : each.status));
  const isOver = statuses.every((status) => status === "cancelled");
  const status = isOver
    ? (nextOrderStatus(order.status, "cancelled") ?? order.status)
    : deriveOrderStatus(order.status, statuses);
  await trx
    .updateTable("orders")
    .set({ status, updated_at: now, ...(status === "cancelled" && { closed_at: now }) })
    .where("id", "=", order.id)
    .execute();
}
