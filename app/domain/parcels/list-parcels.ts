import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { Said } from "../orders/said-rule.ts";
import { fitsFilter } from "./fits-filter.ts";
import { type PaidParcel, paidParcels, shownOf } from "./paid-parcels.ts";
import { EVERYTHING, type ParcelFilter } from "./parcel-filter.ts";
import { isOpen, type ParcelStatus } from "./parcel-states.ts";
import { type ParcelLine, readParcelLines } from "./read-parcel-lines.ts";
import type { OtherPart, Rest } from "./read-parts.ts";
import type { ShipTo } from "./ship-to.ts";

export type ListedParcel = {
  id: string;
  /** What it goes by: of a part that follows another with its number (parcel-number-rule.ts). */
  orderNumber: string;
  orderStatus: string;
  status: ParcelStatus;
  paidAt: Date;
  weightGrams: number;
  carrier: string | null;
  trackingNumber: string | null;
  /** What its QR code leads to: /trace/<code>. */
  traceCode: string;
  shipTo: ShipTo;
  said: Said;
  /** Why it was not sent with the first, and by when it is promised; null for what is no rest. */
  rest: Rest | null;
  otherParts: OtherPart[];
  lines: ParcelLine[];
};

/**
 * One page of the scope's cooperative's parcels in a state, of paid orders only and as the filter
 * says. Those to be worked on come oldest first and by pages, those that are done newest first and
 * `before` the id of the last one shown: how many there are nobody counts.
 */
export async function listParcels(
  db: Kysely<DB>,
  scope: CoopScope,
  input: {
    status: ParcelStatus;
    filter?: ParcelFilter;
    page?: number;
    before?: string | null;
    perPage?: number;
  },
): Promise<ListedParcel[]> {
  const perPage = input.perPage ?? 50;
  const isDone = !isOpen(input.status);
  const before = input.before && isUuid(input.before) ? input.before : null;
  const rows = await paidParcels(db, scope)
    .where("parcels.status", "=", input.status)
    .where(fitsFilter(input.filter ?? EVERYTHING))
    .$if(before !== null, (query) => query.where("parcels.id", "<", before))
    .orderBy("parcels.id", isDone ? "desc" : "asc")
    .limit(perPage)
    .offset((Math.max(1, input.page ?? 1) - 1) * perPage)
    .execute();
  return withLines(db, scope, rows);
}

/**
 * Those of the named parcels that are the scope's cooperative's and of paid orders, in whatever state,
 * oldest first. Locks nothing.
 */
export async function listChosenParcels(
  db: Kysely<DB>,
  scope: CoopScope,
  parcelIds: readonly string[],
): Promise<ListedParcel[]> {
  const ids = parcelIds.filter((id) => isUuid(id));
  if (ids.length === 0) return [];
  const rows = await paidParcels(db, scope)
    .where(sql<boolean>`parcels.id = any(${ids}::uuid[])`)
    .orderBy("parcels.id")
    .execute();
  return withLines(db, scope, rows);
}

async function withLines(
  db: Kysely<DB>,
  scope: CoopScope,
  rows: PaidParcel[],
): Promise<ListedParcel[]> {
  const ids = rows.map((row) => row.id);
  const linesOf = Map.groupBy(await readParcelLines(db, scope, ids), (line) => line.parcelId);
  return rows.map((row) => ({ ...shownOf(row), lines: linesOf.get(row.id) ?? [] }));
}
