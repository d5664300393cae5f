import type { Kysely } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { paidOrderStatuses } from "./paid-orders.ts";
import { isStatus, type ParcelStatus } from "./parcel-states.ts";

/** How many parcels of paid orders the scope's cooperative has in each state. */
export async function countParcels(
  db: Kysely<DB>,
  scope: CoopScope,
): Promise<Record<ParcelStatus, number>> {
  const rows = await db
    .selectFrom("parcels")
    .innerJoin("orders", "orders.id", "parcels.order_id")
    .select(["parcels.status", (eb) => eb.fn.countAll<number>().as("count")])
    .where("parcels.cooperative_id", "=", scope.cooperativeId)
    .where("orders.paid_at", "is not", null)
    .where("orders.status", "in", paidOrderStatuses)
    .groupBy("parcels.status")
    .execute();
  const counts = { waiting: 0, accepted: 0, packed: 0, shipped: 0, delivered: 0, cancelled: 0 };
  for (const row of rows) if (isStatus(row.status)) counts[row.status] = Number(row.count);
  return counts;
}
