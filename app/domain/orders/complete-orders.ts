import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { markArrived } from "../parcels/mark-arrived.ts";
import { ARRIVES_WITHIN_DAYS, COMPLETE_AFTER_DAYS } from "../parcels/receipt-rule.ts";
import { lockOrder } from "./lock-order.ts";
import { nextOrderStatus } from "./order-states.ts";

const AT_ONCE = 200;

/** Orders with a parcel that left long ago and was never marked. */
async function readUnmarked(db: Kysely<DB>, leftBefore: Date, after: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct o.id from parcels p join orders o on o.id = p.order_id
    join parcel_events e on e.parcel_id = p.id and e.kind = 'shipped'
    where p.status = 'shipped' and o.status in ('packing', 'shipped', 'partly-refunded')
      and e.occurred_at <= ${leftBefore} and o.id > ${after}::uuid
    order by o.id limit ${AT_ONCE}`.execute(db);
  return rows.map(({ id }) => id);
}

async function readDue(db: Kysely<DB>, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select o.id from orders o where o.status = 'delivered' and (
      select max(e.occurred_at) from parcels p join parcel_events e on e.parcel_id = p.id
      where p.order_id = o.id and e.kind = 'delivered'
    ) <= ${now}::timestamptz - make_interval(days => ${COMPLETE_AFTER_DAYS})
    order by o.id limit ${AT_ONCE}`.execute(db);
  return rows.map(({ id }) => id);
}

async function arrive(
  db: Kysely<DB>,
  orderId: string,
  { leftBefore, now }: { leftBefore: Date; now: Date },
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const order = await lockOrder(trx, orderId);
    if (!order) return 0;
    const { marked } = await markArrived(trx, order, { which: { leftBefore }, userId: null, now });
    return marked;
  });
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

const NO_ID = "00000000-0000-0000-0000-000000000000";

/**
 * Marks as delivered the parcels that left `ARRIVES_WITHIN_DAYS` days ago or longer and that nobody
 * has marked, then completes the orders whose last parcel was delivered `COMPLETE_AFTER_DAYS` days
 * ago or longer and whose buyers have said nothing: from the day it was marked she has her days to
 * claim, however late this ran. Whatever an earlier run has missed is due in this one, so no
 * order has a job of its own. A partly refunded order goes on saying that it is; of one that is
 * disputed or was called off nothing is marked. Answers how many parcels were marked and orders
 * completed. Locks one order's row at a time, then its parcels by id.
 */
export async function completeOrders(
  db: Kysely<DB>,
  { now = new Date() }: { now?: Date } = {},
): Promise<{ ok: true; arrived: number; completed: number }> {
  const leftBefore = new Date(now.getTime() - ARRIVES_WITHIN_DAYS * 86_400_000);
  let arrived = 0;
  for (let after = NO_ID; ; ) {
    const due = await readUnmarked(db, leftBefore, after);
    for (const id of due) arrived += await arrive(db, id, { leftBefore, now });
    after = due.at(-1) ?? after;
    if (due.length < AT_ONCE) break;
  }
  let completed = 0;
  for (;;) {
    const due = await readDue(db, now);
    for (const id of due) if (await complete(db, id, now)) completed += 1;
    if (due.length < AT_ONCE) return { ok: true, arrived, completed };
  }
}
