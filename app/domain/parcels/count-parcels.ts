import type { Kysely } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { fitsFilter } from "./fits-filter.ts";
import { paidOrderStatuses } from "./paid-orders.ts";
import { EVERYTHING, type ParcelFilter } from "./parcel-filter.ts";
import { isOpen, isStatus, type OpenParcelStatus, openParcelStatuses } from "./parcel-states.ts";

/**
 * How many parcels of paid orders the scope's cooperative has in each state in which something is
 * still to be done, of those that the filter lets through. What is done is not counted: its packing
 * pages would read all that it ever sold.
 */
export async function countParcels(
  db: Kysely<DB>,
  scope: CoopScope,
  filter: ParcelFilter = EVERYTHING,
): Promise<Record<OpenParcelStatus, number>> {
  const rows = await db
    .selectFrom("parcels")
    .innerJoin("orders", "orders.id", "parcels.order_id")
    .select(["parcels.status", (eb) => eb.fn.countAll<number>().as("count")])
    .where("parcels.cooperative_id", "=", scope.cooperativeId)
    .where("parcels.status", "in", openParcelStatuses)
    .where("orders.paid_at", "is not", null)
    .where("orders.status", "in", paidOrderStatuses)
    .where(fitsFilter(filter))
    .groupBy("parcels.status")
    .execute();
  const counts = { waiting: 0, accepted: 0, packed: 0, shipped: 0 };
  for (const { status, count } of rows) {
    if (isStatus(status) && isOpen(status)) counts[status] = Number(count);
  }
  return counts;
}
