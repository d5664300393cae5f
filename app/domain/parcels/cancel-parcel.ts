import type { Kysely } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { callOff } from "../payments/call-off.ts";
import type { LostGoods } from "../stock/write-off.ts";
import { followCancelled } from "./follow-cancelled.ts";
import { lockParcel } from "./lock-parcel.ts";
import { stoppedOrderStatuses } from "./paid-orders.ts";
import { nextParcelStatus, type ParcelRefusal } from "./parcel-states.ts";
import { LONGEST_REASON } from "./reason-rule.ts";

export type CancelledParcel =
  | { ok: true; parcelId: string; isNew: boolean }
  | { ok: false; reason: "parcel-not-found" | "order-stopped" | "not-refundable" | ParcelRefusal }
  | { ok: false; reason: "payment-made-up" };

/**
 * Calls a parcel of the scope's cooperative off because it cannot be sent: its money goes back in
 * full, freight too, its stock is on sale again but for what is `lost` (see write-off.ts), the
 * buyer reads the reason. The order is cancelled with its last parcel; the others go on. A second
 * time is answered ok with `isNew` false, and keeps the first reason and what was lost.
 *
 * Fails with "parcel-not-found" (unknown, another cooperative's, or of an order not paid),
 * "already-shipped", "order-stopped" (refunded or disputed: the money is not ours to move),
 * "payment-made-up" (no Stripe has its money) or "not-refundable" (no payment of it is known).
 * Locks the order's row, its parcels by id, then the listings of what is lost and the lots by id.
 */
export async function cancelParcel(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { parcelId: string; reason: string; lost?: readonly LostGoods[]; now?: Date },
): Promise<CancelledParcel> {
  const now = input.now ?? new Date();
  return db.transaction().execute(async (trx): Promise<CancelledParcel> => {
    const locked = await lockParcel(trx, scope, input.parcelId);
    if (!locked) return { ok: false, reason: "parcel-not-found" };
    const { parcel, siblings, order } = locked;
    const next = nextParcelStatus(parcel.status, "cancel");
    if (!next.ok) return next;
    if (!next.isNew) return { ok: true, parcelId: parcel.id, isNew: false };
    if (stoppedOrderStatuses.includes(order.status)) return { ok: false, reason: "order-stopped" };
    const off = await callOff(trx, {
      orderId: order.id,
      parcelId: parcel.id,
      parcelIds: [parcel.id],
      reason: "cancelled-by-cooperative",
      note: input.reason.slice(0, LONGEST_REASON),
      userId: scope.userId,
      lost: { parcelId: parcel.id, lost: input.lost ?? [], userId: scope.userId },
      now,
    });
    if (!off.ok) {
      const { reason } = off;
      return { ok: false, reason: reason === "payment-made-up" ? reason : "not-refundable" };
    }
    await followCancelled(trx, { order, siblings, parcelId: parcel.id, now });
    return { ok: true, parcelId: parcel.id, isNew: true };
  });
}
