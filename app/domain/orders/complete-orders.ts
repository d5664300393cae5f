import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { COMPLETE_AFTER_DAYS } from "../parcels/receipt-rule.ts";
import { lockOrder } from "./lock-order.ts";
import { nextOrderStatus } from "./order-states.ts";

const AT_ONCE = 200;

async function readDue(db: Kysely<DB>, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select o.id from orders o where o.status = 'delivered' and (
      select max(e.occurred_at) from parcels p join parcel_events e on e.parcel_id = p.id
      where p.order_id = o.id and e.kind = 'delivered'
    ) <= ${now}::timestamptz - make_interval(days => ${COMPLETE_AFTER_DAYS})
    order by o.id limit ${AT_ONCE}`.execute(db);
  return rows.map(({ id }) => id);
}

async function complete(db: Kysely<DB>, orderId: string, now: Date): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const order = await lockOrder(trx, orderId);
    // Meanwhile refunded, or taken to the bank: then that is what there is to say.
    const status = order?.status === "delivered" && nextOrderStatus(order.status, "completed");
    if (!status) return false;
    await trx
      .updateTable("orders")
      .set({ status, closed_at: now, updated_at: now })
      .where("id", "=", orderId)
      .execute();
    return true;
  });
}

/**
 * Completes the orders whose last parcel was delivered `COMPLETE_AFTER_DAYS` days ago or longer
 * and whose buyers have said nothing. Whatever an earlier run has missed is due in this one, so no
 * order has a job of its own. A partly refunded order goes on saying that it is. Answers how many
 * were completed. Locks the row of one order at a time.
 */
export async function completeOrders(
  db: Kysely<DB>,
  { now = new Date() }: { now?: Date } = {},
): Promise<{ ok: true; completed: number }> {
  let completed = 0;
  for (;;) {
    const due = await readDue(db, now);
    for (const id of due) if (await complete(db, id, now)) completed += 1;
    if (due.length < AT_ONCE) return { ok: true, completed };
  }
}
