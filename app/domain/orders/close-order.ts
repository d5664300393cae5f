import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { endHold } from "../stock/end-hold.ts";
import type { LockedOrder } from "./lock-order.ts";
import { orderStep } from "./order-states.ts";

/**
 * Closes an unpaid order, expired or cancelled: its stock goes back and its parcels are off.
 * `false` when the order is in no state for it; then nothing happens. The caller holds the
 * order's row and has made sure that nobody can pay any more. Locks the lots in id order.
 */
export async function closeUnpaidOrder(
  trx: DbTransaction<DB>,
  order: LockedOrder,
  event: "expired" | "cancelled",
  now: Date,
): Promise<boolean> {
  const step = orderStep(order.status, event);
  if (!step?.effects.includes("release-hold")) return false;
  await endHold(trx, order.id, "released");
  await trx
    .updateTable("orders")
    .set({ status: step.to, closed_at: now, updated_at: now })
    .where("id", "=", order.id)
    .execute();
  await trx
    .updateTable("parcels")
    .set({ status: "cancelled", updated_at: now })
    .where("order_id", "=", order.id)
    .execute();
  return true;
}
