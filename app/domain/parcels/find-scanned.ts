import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { readTrackingNumber } from "./carriers.ts";
import { paidOrderStatuses } from "./paid-orders.ts";
import { PARCEL_NUMBER } from "./parcel-number.ts";
import { orderOf, readParcelNumber } from "./parcel-number-rule.ts";
import type { ParcelStatus } from "./parcel-states.ts";

/** What a scanner reads off a box, or somebody types off it. */
export type Scanned =
  | { kind: "order"; number: string }
  | { kind: "trace"; code: string }
  | { kind: "tracking"; number: string };

/**
 * What a scan says: the address in our label's QR code, the parcel's number in our
 * bars (its digits) or as it is printed, else a carrier's number. Null for what is none of
 * them. Pure.
 */
export function readScan(scanned: string): Scanned | null {
  const text = scanned.normalize("NFKC").trim();
  const [, code] = /\/trace\/([\w-]{22})(?:[/?#]|$)/.exec(text) ?? [];
  if (code) return { kind: "trace", code };
  const parcel = readParcelNumber(text);
  if (parcel) return { kind: "order", number: parcel };
  const number = readTrackingNumber(text);
  return number === null ? null : { kind: "tracking", number };
}

/**
 * The parcel of the scope's cooperative that a scan names, of paid orders only; null for none. Of
 * several that a carrier's number was given to it is the newest. Locks nothing.
 */
export async function findScanned(
  db: Kysely<DB>,
  scope: CoopScope,
  scanned: string,
): Promise<{ id: string; status: ParcelStatus } | null> {
  const read = readScan(scanned);
  if (!read) return null;
  const own =
    read.kind === "order"
      ? sql`orders.number = ${orderOf(read.number)} and ${PARCEL_NUMBER} = ${read.number}`
      : read.kind === "trace"
        ? sql`parcels.trace_code = ${read.code}`
        : sql`parcels.tracking_number = ${read.number}`;
  const { rows } = await sql<{ id: string; status: ParcelStatus }>`
    select parcels.id, parcels.status from parcels join orders on orders.id = parcels.order_id
    where ${own} and parcels.cooperative_id = ${scope.cooperativeId}
      and orders.paid_at is not null and orders.status = any(${[...paidOrderStatuses]})
    order by parcels.id desc limit 1`.execute(db);
  return rows[0] ?? null;
}
