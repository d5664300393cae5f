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
  /** Its buyer is asked what may replace something of it. */
  isAsked: boolean;
};

/** A line, and what the other lines of its table say against it. */
export type ComparedRow = TrackingRow & { slip?: "twice" | "number-twice" | "again" };

async function findParcels(db: Kysely<DB>, scope: CoopScope, numbers: readonly string[]) {
  const { rows } = await sql<Parcel>`
    select parcels.id, ${PARCEL_NUMBER} as number, parcels.status, orders.status as "orderStatus",
      parcels.carrier, parcels.tracking_number as "trackingNumber",
      coalesce(orders.address ->> 'recipient', '') as recipient,
      exists (select from substitutions s where s.parcel_id = parcels.id and s.state = 'open')
        as "isAsked"
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
  if (status !== "packed") return "pack-first";
  return parcel.isAsked ? "substitute-open" : "ship";
}

/**
 * Sets the lines of a whole table beside each other. An order that stands twice with different numbers
 * is wrong both times, and so is a number that stands at two orders: a spreadsheet that was filled down.
 * The very same line again says nothing new. Pure.
 */
export function compareRows(rows: readonly TrackingRow[]): ComparedRow[] {
  const shipments = new Map<string, Set<string>>();
  const orders = new Map<string, Set<string>>();
  const note = (map: Map<string, Set<string>>, key: string, value: string) => {
    const before = map.get(key);
    if (before) before.add(value);
    else map.set(key, new Set([value]));
  };
  const shipmentOf = ({ carrier, trackingNumber }: TrackingRow) => `${carrier} ${trackingNumber}`;
  for (const row of rows) {
    note(shipments, row.orderNumber ?? "", shipmentOf(row));
    note(orders, shipmentOf(row), row.orderNumber ?? "");
  }
  const seen = new Set<string>();
  return rows.map((row) => {
    const order = row.orderNumber ?? "";
    if ((shipments.get(order)?.size ?? 0) > 1) return { ...row, slip: "twice" };
    if ((orders.get(shipmentOf(row))?.size ?? 0) > 1) return { ...row, slip: "number-twice" };
    if (seen.has(order)) return { ...row, slip: "again" };
    seen.add(order);
    return row;
  });
}

/**
 * What would come of each line of a table of tracking numbers now, by the parcels of the scope's
 * cooperative and what its other lines say (compareRows). Locks nothing.
 */
export async function judgeTracking(
  db: Kysely<DB>,
  scope: CoopScope,
  rows: readonly ComparedRow[],
): Promise<JudgedRow[]> {
  const numbers = rows.flatMap(({ orderNumber }) => orderNumber ?? []);
  const parcels = await findParcels(db, scope, numbers);
  return rows.map(({ slip, ...row }) => {
    const parcel = row.orderNumber ? parcels.get(row.orderNumber) : undefined;
    const own = verdictOf(row, parcel);
    const verdict = own === "ship" && slip ? (slip === "again" ? "known" : slip) : own;
    const of = parcel ? { id: parcel.id, recipient: parcel.recipient } : null;
    return { ...row, verdict, parcel: of };
  });
}
