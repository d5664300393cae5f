import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { paidOrderStatuses } from "./paid-orders.ts";
import { PARCEL_NUMBER } from "./parcel-number.ts";
import type { ParcelStatus } from "./parcel-states.ts";
import { OTHER_PARTS, restOf } from "./read-parts.ts";
import { readShipTo } from "./ship-to.ts";

/** The scope's cooperative's parcels of paid orders, for a query that says which, as `shownOf` takes them. */
export function paidParcels(db: Kysely<DB>, scope: CoopScope) {
  return (
    db
      .selectFrom("parcels")
      .innerJoin("orders", "orders.id", "parcels.order_id")
      .where("parcels.cooperative_id", "=", scope.cooperativeId)
      .where("orders.paid_at", "is not", null)
      .where("orders.status", "in", paidOrderStatuses)
      .select([
        "parcels.id",
        "orders.status as orderStatus",
        "orders.paid_at as paidAt",
        "orders.address",
        "orders.note",
        "orders.gift_words as giftWords",
        "parcels.weight_grams as weightGrams",
        "parcels.carrier",
        "parcels.tracking_number as trackingNumber",
        "parcels.trace_code as traceCode",
        PARCEL_NUMBER.as("orderNumber"),
        restOf("parcels").as("rest"),
        OTHER_PARTS.as("otherParts"),
      ])
      // The database's CHECK holds the same list of states.
      .select(sql<ParcelStatus>`parcels.status`.as("status"))
  );
}

export type PaidParcel = Awaited<ReturnType<ReturnType<typeof paidParcels>["execute"]>>[number];

/** A row of `paidParcels`, with whom it goes to and what was said with it as pages have them. Pure. */
export function shownOf<Read extends PaidParcel>({
  address,
  paidAt,
  note,
  giftWords,
  ...row
}: Read) {
  return {
    ...row,
    paidAt: paidAt as Date,
    shipTo: readShipTo(address),
    said: { note, giftWords },
  };
}
