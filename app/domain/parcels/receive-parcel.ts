import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { findOrder } from "../orders/find-order.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { nextOrderStatus, type OrderStatus } from "../orders/order-states.ts";
import type { BuyerScope } from "../scopes.ts";
import { markArrived } from "./mark-arrived.ts";
import { saidByCooperative } from "./said-by-cooperative.ts";

export type ReceivedParcel =
  | { ok: true; status: OrderStatus; isNew: boolean }
  | { ok: false; reason: "order-not-found" | "not-receivable" };

/** Whether a parcel of it has only its cooperative's word for having come. */
async function isSaidByOthers(trx: DbTransaction<DB>, orderId: string) {
  const { rows } = await sql`
    select from orders join parcels p on p.order_id = orders.id
    join parcel_events e on e.parcel_id = p.id and e.kind = 'delivered'
    where orders.id = ${orderId} and ${saidByCooperative("e")} limit 1`.execute(trx);
  return rows.length > 0;
}

/**
 * The buyer says that one parcel of her order has come, wherever the others are. The order is
 * complete with the last one that she says it of; where its cooperative alone says it of another,
 * it waits for her or for its days. A second time is answered ok with `isNew` false.
 *
 * Fails with "order-not-found" (also for another buyer's, and where the order has no such parcel)
 * or "not-receivable" (it has not left, or a refund or a dispute says more). Locks the order's row,
 * then its parcels by id.
 */
export async function receiveParcel(
  db: Kysely<DB>,
  buyer: BuyerScope,
  { number, parcelId, now = new Date() }: { number: string; parcelId: string; now?: Date },
): Promise<ReceivedParcel> {
  return db.transaction().execute(async (trx): Promise<ReceivedParcel> => {
    const orderId = await findOrder(trx, buyer, number);
    const order = orderId && (await lockOrder(trx, orderId));
    if (!order) return { ok: false, reason: "order-not-found" };
    const { userId } = buyer;
    const said = await markArrived(trx, order, { which: { parcelId }, userId, now });
    if (said.parcel === null) return { ok: false, reason: "order-not-found" };
    if (said.parcel !== "delivered") return { ok: false, reason: "not-receivable" };
    if (said.marked === 0) return { ok: true, status: order.status, isNew: false };
    if (said.status !== "delivered" || (await isSaidByOthers(trx, order.id))) {
      return { ok: true, status: said.status, isNew: true };
    }
    const status = nextOrderStatus(said.status, "completed") ?? said.status;
    await trx
      .updateTable("orders")
      .set({ status, updated_at: now, closed_at: now })
      .where("id", "=", order.id)
      .execute();
    return { ok: true, status, isNew: true };
  });
}
