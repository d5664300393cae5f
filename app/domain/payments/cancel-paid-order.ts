import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { LockedOrder } from "../orders/lock-order.ts";
import { nextOrderStatus, type OrderStatus } from "../orders/order-states.ts";
import { callOff } from "./call-off.ts";

/** From the first parcel taken up an order is "packing", unless a part of it was given back. */
const NOT_BEGUN: readonly OrderStatus[] = ["paid", "partly-refunded"];

/**
 * Cancels a paid order for its buyer while no cooperative has taken a parcel of it up, with a
 * refund of all that is left. `null` when it is too late (or not paid, or disputed, or nothing is
 * to be sent any more); then nothing happens. The caller holds the order's row; its parcels by id and its lots by id are locked after it.
 */
export async function cancelPaidOrder(
  trx: DbTransaction<DB>,
  order: LockedOrder,
  input: { userId: string | null; now: Date },
): Promise<{ refundFen: number } | null> {
  const status = nextOrderStatus(order.status, "cancelled");
  if (!status || !NOT_BEGUN.includes(order.status)) return null;
  const parcels = await trx
    .selectFrom("parcels")
    .select(["id", "status"])
    .where("order_id", "=", order.id)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
  const waiting = parcels.filter((parcel) => parcel.status === "waiting");
  const isUntouched = parcels.every(({ status: at }) => at === "waiting" || at === "cancelled");
  if (!isUntouched || waiting.length === 0) return null;
  const off = await callOff(trx, {
    orderId: order.id,
    parcelId: null,
    parcelIds: waiting.map((parcel) => parcel.id),
    reason: "cancelled-by-buyer",
    note: "",
    ...input,
  });
  if (!off.ok) return null;
  await trx
    .updateTable("orders")
    .set({ status, closed_at: input.now, updated_at: input.now })
    .where("id", "=", order.id)
    .execute();
  return { refundFen: off.fen };
}
