import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { findOrder } from "../orders/find-order.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { nextOrderStatus, type OrderStatus } from "../orders/order-states.ts";
import type { BuyerScope } from "../scopes.ts";
import { deriveOrderStatus } from "./order-progress-rule.ts";
import { isStatus, nextParcelStatus, type ParcelStatus } from "./parcel-states.ts";
import { isReceivable } from "./receipt-rule.ts";
import { writeStep } from "./write-step.ts";

export type Received =
  | { ok: true; status: OrderStatus; isNew: boolean }
  | { ok: false; reason: "order-not-found" | "not-receivable" };

/**
 * The buyer says that her order has come: parcels that were on their way are delivered, and the
 * order is completed. A partly refunded one goes on saying so. A second time is answered ok with
 * `isNew` false.
 *
 * Fails with "order-not-found" (also for another buyer's) or "not-receivable" (not all of it has
 * left, or a refund or a dispute says more). Locks the order's row, then its parcels by id.
 */
export async function confirmReceipt(
  db: Kysely<DB>,
  buyer: BuyerScope,
  { number, now = new Date() }: { number: string; now?: Date },
): Promise<Received> {
  return db.transaction().execute(async (trx): Promise<Received> => {
    const orderId = await findOrder(trx, buyer, number);
    const order = orderId && (await lockOrder(trx, orderId));
    if (!order) return { ok: false, reason: "order-not-found" };
    const rows = await trx
      .selectFrom("parcels")
      .select(["id", "status"])
      .where("order_id", "=", order.id)
      .orderBy("id")
      .forNoKeyUpdate()
      .execute();
    const parcels = rows.flatMap(({ id, status }) => (isStatus(status) ? [{ id, status }] : []));
    const before = parcels.map(({ status }) => status);
    const live = before.filter((status) => status !== "cancelled");
    const isSaid = live.length > 0 && live.every((status) => status === "delivered");
    if (order.status === "completed" || (order.status === "partly-refunded" && isSaid)) {
      return { ok: true, status: order.status, isNew: false };
    }
    if (!isReceivable(order.status, before)) return { ok: false, reason: "not-receivable" };
    const after: ParcelStatus[] = [];
    for (const parcel of parcels) {
      const next = nextParcelStatus(parcel.status, "deliver");
      const status = next.ok ? next.status : parcel.status;
      if (status !== parcel.status) {
        await writeStep(trx, { parcel, status, userId: buyer.userId, now });
      }
      after.push(status);
    }
    const delivered = deriveOrderStatus(order.status, after);
    const status = nextOrderStatus(delivered, "completed") ?? delivered;
    await trx
      .updateTable("orders")
      .set({ status, updated_at: now, ...(status === "completed" && { closed_at: now }) })
      .where("id", "=", order.id)
      .execute();
    return { ok: true, status, isNew: true };
  });
}
