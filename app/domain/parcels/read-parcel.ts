import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { isAtBank } from "../payments/at-bank.ts";
import { isMadeUp } from "../payments/made-up.ts";
import type { ListedParcel } from "./list-parcels.ts";
import { paidParcels, shownOf } from "./paid-parcels.ts";
import { isStatus, type ParcelStatus } from "./parcel-states.ts";
import { readParcelLines } from "./read-parcel-lines.ts";

export type ReadParcel = ListedParcel & {
  freightFen: number;
  /** The seed's, and unknown at Stripe: nothing of it can be given back. */
  isMadeUp: boolean;
  /** A bank has taken the money, and has yet to decide: nothing of it can be given back meanwhile. */
  isAtBank: boolean;
  events: { kind: ParcelStatus; occurredAt: Date; note: string }[];
  /** What carrier and number were until they were put right, oldest first. */
  corrections: ShipmentCorrection[];
};

type ShipmentCorrection = {
  occurredAt: Date;
  formerCarrier: string;
  formerTrackingNumber: string;
};

/**
 * One parcel of the scope's cooperative with its lines, whose lots they come from, its address
 * and what happened to it. Null when it is unknown, another's, or of an order not paid.
 */
export async function readParcel(
  db: Kysely<DB>,
  scope: CoopScope,
  parcelId: string,
): Promise<ReadParcel | null> {
  if (!isUuid(parcelId)) return null;
  const row = await paidParcels(db, scope)
    .where("parcels.id", "=", parcelId)
    .select([
      "parcels.freight_fen as freightFen",
      sql<boolean>`exists (select from payments y
        where y.order_id = orders.id and ${isMadeUp(sql`y`)})`.as("isMadeUp"),
      sql<boolean>`exists (select from payments y
        where y.order_id = orders.id and ${isAtBank(sql`y.id`)})`.as("isAtBank"),
    ])
    .executeTakeFirst();
  if (!row) return null;
  const events = await db
    .selectFrom("parcel_events")
    .select(["kind", "occurred_at as occurredAt", "note"])
    .select(["former_carrier as formerCarrier", "former_tracking_number as formerTrackingNumber"])
    .where("parcel_id", "=", row.id)
    .orderBy("occurred_at")
    .orderBy("id")
    .execute();
  return {
    ...shownOf(row),
    lines: await readParcelLines(db, scope, [row.id]),
    events: events.flatMap(({ kind, occurredAt, note }) =>
      isStatus(kind) ? [{ kind, occurredAt, note }] : [],
    ),
    corrections: events.flatMap(({ occurredAt, formerCarrier, formerTrackingNumber }) =>
      formerCarrier !== null && formerTrackingNumber !== null
        ? [{ occurredAt, formerCarrier, formerTrackingNumber }]
        : [],
    ),
  };
}
