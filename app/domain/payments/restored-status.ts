import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { nextOrderStatus, type OrderStatus } from "../orders/order-states.ts";
import { deriveOrderStatus } from "../parcels/order-progress-rule.ts";
import { isStatus } from "../parcels/parcel-states.ts";
import type { PaymentStanding } from "./payment-standing.ts";

/** It was closed before its money moved: what has been delivered then has been completed. */
async function isCompleted(trx: DbTransaction<DB>, orderId: string): Promise<boolean> {
  const { closed_at: closedAt } = await trx
    .selectFrom("orders")
    .select("closed_at")
    .where("id", "=", orderId)
    .executeTakeFirstOrThrow();
  return closedAt !== null;
}

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
  const moved = isOff
    ? (nextOrderStatus(order.status, "cancelled") ?? order.status)
    : deriveOrderStatus(order.status, parcels);
  const goods = (await isCompleted(trx, order.id))
    ? (nextOrderStatus(moved, "completed") ?? moved)
    : moved;
  if (payment === "refunded") return nextOrderStatus(goods, "fully-refunded") ?? goods;
  return payment === "partly-refunded" ? (nextOrderStatus(goods, payment) ?? goods) : goods;
}
