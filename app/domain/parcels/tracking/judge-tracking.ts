import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { paidOrderStatuses, stoppedOrderStatuses } from "../paid-orders.ts";
import { PARCEL_NUMBER } from "../parcel-number.ts";
import { orderOf } from "../parcel-number-rule.ts";
import { hasLeft, type ParcelStatus } from "../parcel-states.ts";
import type { TrackingRow } from "./read-tracking.ts";
import type { JudgedRow, TrackingVerdict } from "./verdicts.ts";

type Parcel = {
  id: string;
  number: string;
  status: ParcelStatus;
  orderStatus: string;
  carrier: string | null;
  trackingNumber: string | null;
  recipient: string;
};

async function findParcels(db: Kysely<DB>, scope: CoopScope, numbers: readonly string[]) {
  const { rows } = await sql<Parcel>`
    select parcels.id, ${PARCEL_NUMBER} as number, parcels.status, orders.status as "orderStatus",
      parcels.carrier, parcels.tracking_number as "trackingNumber",
      coalesce(orders.address ->> 'recipient', '') as recipient
    from orders join parcels on parcels.order_id = orders.id
    where orders.number = any(${numbers.map(orderOf)}::text[])
      and parcels.cooperative_id = ${scope.cooperativeId}
      and orders.paid_at is not null and orders.status = any(${[...paidOrderStatuses]})`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.number, row]));
}

function verdictOf(row: TrackingRow, parcel: Parcel | undefined): TrackingVerdict {
  if (row.fault) return row.fault;
  if (!parcel) return "unknown-order";
  const { status } = parcel;
  if (status === "cancelled") return "parcel-cancelled";
  if (hasLeft(status)) {
    const isSame = parcel.carrier === row.carrier && parcel.trackingNumber === row.trackingNumber;
    return isSame ? "known" : "shipped-otherwise";
  }
  if (stoppedOrderStatuses.includes(parcel.orderStatus)) return "order-stopped";
  return status === "packed" ? "ship" : "pack-first";
}

/**
 * What would come of each line of a table of tracking numbers now, by the parcels of the scope's
 * cooperative. An order that stands twice with different numbers is wrong both times, and so is a
 * number that stands at two orders: a spreadsheet that was filled down. Locks nothing.
 */
export async function judgeTracking(
  db: Kysely<DB>,
  scope: CoopScope,
  rows: readonly TrackingRow[],
): Promise<JudgedRow[]> {
  const parcels = await findParcels(
    db,
    scope,
    rows.flatMap(({ orderNumber }) => orderNumber ?? []),
  );
  const shipments = new Map<string, Set<string>>();
  const orders = new Map<string, Set<string>>();
  const note = (map: Map<string, Set<string>>, key: string, value: string) =>
    map.set(key, (map.get(key) ?? new Set()).add(value));
  for (const { orderNumber, carrier, trackingNumber } of rows) {
    const shipment = `${carrier} ${trackingNumber}`;
    note(shipments, orderNumber ?? "", shipment);
    note(orders, shipment, orderNumber ?? "");
  }
  return rows.map((row) => {
    const parcel = row.orderNumber ? parcels.get(row.orderNumber) : undefined;
    const own = verdictOf(row, parcel);
    const isTwice = (shipments.get(row.orderNumber ?? "")?.size ?? 0) > 1;
    const isShared = (orders.get(`${row.carrier} ${row.trackingNumber}`)?.size ?? 0) > 1;
    const verdict = own !== "ship" ? own : isTwice ? "twice" : isShared ? "number-twice" : own;
    return {
      ...row,
      verdict,
      parcel: parcel ? { id: parcel.id, recipient: parcel.recipient } : null,
    };
  });
}
