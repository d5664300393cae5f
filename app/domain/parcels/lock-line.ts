import { sql, type Transaction } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { lockParcel } from "./lock-parcel.ts";
import { stoppedOrderStatuses } from "./paid-orders.ts";
import { hasLeft, type ParcelStatus } from "./parcel-states.ts";

export type LineInHand = {
  orderId: string;
  locale: "zh" | "en";
  unit: string;
  unitGrams: number;
  unitPriceFen: number;
  /** Sale units of it that are to be sent, and of the whole parcel. */
  units: number;
  parcelUnits: number;
  /** What weighings have given back of it, in fen; null where it was not weighed. */
  lightFen: number | null;
  /** Its buyer has been asked whether something else may replace what is missing of it. */
  isAsked: boolean;
  cooperativeId: string;
  status: ParcelStatus;
};

export type LineRefusal =
  | "parcel-not-found"
  | "unknown-line"
  | "already-shipped"
  | "parcel-cancelled"
  | "order-stopped";

/**
 * Locks a line of a parcel that the scope's cooperative still has in its hands. Fails with
 * "parcel-not-found" (unknown, another's, or of an order not paid), "already-shipped",
 * "parcel-cancelled", "order-stopped" (refunded or disputed) and "unknown-line" (another parcel's).
 * Locks the order's row, then its parcels by id.
 */
export async function lockLine(
  trx: Transaction<DB>,
  scope: CoopScope,
  { parcelId, orderLineId }: { parcelId: string; orderLineId: string },
): Promise<{ ok: true; line: LineInHand } | { ok: false; reason: LineRefusal }> {
  const locked = await lockParcel(trx, scope, parcelId);
  if (!locked) return { ok: false, reason: "parcel-not-found" };
  const { status } = locked.parcel;
  if (status === "cancelled") return { ok: false, reason: "parcel-cancelled" };
  if (hasLeft(status)) return { ok: false, reason: "already-shipped" };
  if (stoppedOrderStatuses.includes(locked.order.status)) {
    return { ok: false, reason: "order-stopped" };
  }
  const { rows } = await sql<Omit<LineInHand, "status"> & { id: string }>`
    with units as (
      select l.id, sum(a.quantity - a.short_units)::int as units
      from order_lines l join allocations a on a.order_line_id = l.id and a.state = 'sold'
      where l.parcel_id = ${parcelId} group by l.id
    )
    select l.id, o.id as "orderId", o.locale, l.unit, l.unit_grams as "unitGrams",
      l.unit_price_fen as "unitPriceFen", u.units,
      (select sum(units)::int from units) as "parcelUnits",
      (select sum(w.refund_fen)::bigint from line_weights w where w.order_line_id = l.id) as "lightFen",
      l.cooperative_id as "cooperativeId", exists (select from substitutions s
        where s.order_line_id = l.id and s.state = 'open') as "isAsked"
    from units u join order_lines l on l.id = u.id join orders o on o.id = l.order_id
    where l.id = ${isUuid(orderLineId) ? orderLineId : null}`.execute(trx);
  const [line] = rows;
  return line ? { ok: true, line: { ...line, status } } : { ok: false, reason: "unknown-line" };
}
