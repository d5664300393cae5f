import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { nextOrderStatus, type OrderStatus } from "../orders/order-states.ts";
import { deriveOrderStatus } from "../parcels/order-progress-rule.ts";
import { isStatus } from "../parcels/parcel-states.ts";
import type { PaymentStanding } from "./payment-standing.ts";

/**
 * Where an order stands whose money has come back to us (no bank has a dispute open any more, or
 * one sent a refund back): from its status by the table on, as far as its parcels are, less what
 * else was given back of its payment. The caller holds the order's row and writes the status.
 */
export async function restoredStatus(
  trx: DbTransaction<DB>,
  order: { id: string; status: OrderStatus },
  payment: PaymentStanding["status"],
): Promise<OrderStatus> {
  const rows = await trx
    .selectFrom("parcels")
    .select("status")
    .where("order_id", "=", order.id)
    .execute();
  const parcels = rows.map(({ status }) => status).filter((each) => isStatus(each));
  const isOff = parcels.every((each) => each === "cancelled");
  const goods = isOff
    ? (nextOrderStatus(order.status, "cancelled") ?? order.status)
    : deriveOrderStatus(order.status, parcels);
  if (payment === "refunded") return nextOrderStatus(goods, "fully-refunded") ?? goods;
  return payment === "partly-refunded" ? (nextOrderStatus(goods, payment) ?? goods) : goods;
}
