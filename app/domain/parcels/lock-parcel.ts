import type { Transaction } from "kysely";
import { validate as isUuid } from "uuid";
import type { OrderStatus } from "#app/domain/orders/order-states.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { paidOrderStatuses } from "./paid-orders.ts";
import { isStatus } from "./parcel-states.ts";

/**
 * Locks a parcel of the scope's cooperative for a step, with its order and its order's other
 * parcels. Null when there is no such parcel of a paid order.
 *
 * Locks the order's row first, then the parcels by id. The order first because payment, expiry
 * and refund begin there too, so nobody waits in a ring; all its parcels because the order's
 * status is derived from them: two cooperatives shipping their halves at the same moment would
 * else each see the other's half still packed, and the order would never be "shipped".
 */
export async function lockParcel(trx: Transaction<DB>, scope: CoopScope, parcelId: string) {
  if (!isUuid(parcelId)) return null;
  const found = await trx
    .selectFrom("parcels")
    .select("order_id")
    .where("id", "=", parcelId)
    .where("cooperative_id", "=", scope.cooperativeId)
    .executeTakeFirst();
  if (!found) return null;
  const order = await trx
    .selectFrom("orders")
    .select(["id", "status"])
    .where("id", "=", found.order_id)
    .where("paid_at", "is not", null)
    .where("status", "in", paidOrderStatuses)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!order) return null;
  const siblings = await lockParcels(trx, order.id);
  const parcel = siblings.find((row) => row.id === parcelId);
  // The database's CHECK holds the same list as the table of order states.
  const status = order.status as OrderStatus;
  return parcel ? { order: { id: order.id, status }, parcel, siblings } : null;
}

/** Locks all parcels of an order by id; the caller holds its row. */
export async function lockParcels(trx: Transaction<DB>, orderId: string) {
  const rows = await trx
    .selectFrom("parcels")
    .select([
      "id",
      "status",
      "carrier",
      "tracking_number",
      "cooperative_id",
      "part",
      "weight_grams",
    ])
    .where("order_id", "=", orderId)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
  return rows.map((row) => {
    if (!isStatus(row.status)) throw new Error(`parcel status ${row.status} is unknown`);
    return { ...row, status: row.status };
  });
}
