import { type Kysely, sql, type Transaction } from "kysely";
import type { OrderStatus } from "#app/domain/orders/order-states.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { isAsked } from "../substitutions/is-asked.ts";
import { lockParcel } from "./lock-parcel.ts";
import { deriveOrderStatus } from "./order-progress-rule.ts";
import { stoppedOrderStatuses } from "./paid-orders.ts";
import {
  nextParcelStatus,
  type ParcelEvent,
  type ParcelRefusal,
  type ParcelStatus,
} from "./parcel-states.ts";
import { tellDelivered, tellShipped } from "./tell-parcel.ts";
import { type Shipment, writeStep } from "./write-step.ts";

export type StepInput = {
  /** How many sale units the parcel was shown to hold; unsaid where nothing showed it. */
  shownUnits?: number;
  now?: Date;
};

export type AdvancedParcel =
  | { ok: true; parcelId: string; status: ParcelStatus; orderStatus: OrderStatus; isNew: boolean }
  | {
      ok: false;
      reason:
        | "parcel-not-found"
        | "order-stopped"
        | "parcel-changed"
        | "substitute-open"
        | ParcelRefusal;
    }
  | { ok: false; reason: "shipped-otherwise"; carrier: string; trackingNumber: string };

/**
 * Takes a parcel of the scope's cooperative one step along its way, and the order with it, in
 * one transaction. The step again, once it is behind the parcel, is answered ok with `isNew`
 * false.
 *
 * Fails with: "parcel-not-found" (unknown, another cooperative's, or of an order not paid);
 * "order-stopped" (refunded or disputed: nothing more is shipped); "parcel-changed" (something of it
 * was split off or said short since it was shown); "substitute-open" (its buyer is asked what may replace
 * something of it: what is packed is what she says yes to); "accept-first" /
 * "pack-first" / "ship-first" / "parcel-cancelled" (out of turn); "shipped-otherwise" (shipped
 * already under another carrier or number, which comes back).
 *
 * Locks: the order's row, then all its parcels by id (see lock-parcel.ts for why).
 */
export async function advanceParcel(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { parcelId: string; event: ParcelEvent; shipment?: Shipment } & StepInput,
): Promise<AdvancedParcel> {
  return db.transaction().execute(async (trx) => {
    const locked = await lockParcel(trx, scope, input.parcelId);
    if (!locked) return { ok: false, reason: "parcel-not-found" };
    const { parcel, siblings, order } = locked;

    const next = nextParcelStatus(parcel.status, input.event);
    if (!next.ok) return next;
    const sent = input.shipment;
    if (!next.isNew) {
      const isOther =
        sent !== undefined &&
        (sent.carrier !== parcel.carrier || sent.trackingNumber !== parcel.tracking_number);
      if (isOther) {
        const carrier = parcel.carrier ?? "other";
        const trackingNumber = parcel.tracking_number ?? "";
        return { ok: false, reason: "shipped-otherwise", carrier, trackingNumber };
      }
      const orderStatus = order.status;
      return { ok: true, parcelId: parcel.id, status: parcel.status, orderStatus, isNew: false };
    }
    if (input.event !== "deliver" && stoppedOrderStatuses.includes(order.status)) {
      return { ok: false, reason: "order-stopped" };
    }

    if (input.event !== "accept" && (await isAsked(trx, parcel.id))) {
      return { ok: false, reason: "substitute-open" };
    }
    if (await isChanged(trx, parcel.id, input.shownUnits)) {
      return { ok: false, reason: "parcel-changed" };
    }

    const statuses = siblings.map((each) => (each.id === parcel.id ? next.status : each.status));
    const orderStatus = deriveOrderStatus(order.status, statuses);
    const { userId } = scope;
    const now = input.now ?? new Date();
    await writeStep(trx, { parcel, status: next.status, sent, userId, now });
    if (next.status === "shipped") await tellShipped(trx, parcel.id);
    if (next.status === "delivered" && !stoppedOrderStatuses.includes(order.status)) {
      await tellDelivered(trx, parcel.id);
    }
    if (orderStatus !== order.status) {
      await trx
        .updateTable("orders")
        .set({ status: orderStatus, updated_at: now })
        .where("id", "=", order.id)
        .execute();
    }
    return { ok: true, parcelId: parcel.id, status: next.status, orderStatus, isNew: true };
  });
}

/** Whoever closes a box that a colleague has just parted, or takes it to the carrier, looks again. */
async function isChanged(
  trx: Transaction<DB>,
  parcelId: string,
  shownUnits: number | undefined,
): Promise<boolean> {
  if (shownUnits === undefined) return false;
  const { rows } = await sql<{ units: number }>`
    select coalesce(sum(a.quantity - a.short_units), 0)::int as units
    from order_lines l join allocations a on a.order_line_id = l.id and a.state = 'sold'
    where l.parcel_id = ${parcelId}`.execute(trx);
  return rows[0]?.units !== shownUnits;
}
