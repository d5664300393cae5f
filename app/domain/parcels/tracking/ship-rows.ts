import { sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { noteActs } from "#app/domain/audit/note-act.ts";
import type { OrderStatus } from "#app/domain/orders/order-states.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { deriveOrderStatus } from "../order-progress-rule.ts";
import { orderOf } from "../parcel-number-rule.ts";
import type { ParcelStatus } from "../parcel-states.ts";
import { type ComparedRow, judgeTracking } from "./judge-tracking.ts";
import { isTaken, type TrackingVerdict } from "./verdicts.ts";

/** As lock-parcel.ts does of one parcel: the orders' rows in id order, then all their parcels. */
async function lockAll(
  trx: Transaction<DB>,
  { cooperativeId }: CoopScope,
  numbers: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from orders
    where number = any(${numbers.map(orderOf)}::text[]) and exists (select from parcels
      where order_id = orders.id and cooperative_id = ${cooperativeId})
    order by id for no key update`.execute(trx);
  const orderIds = rows.map(({ id }) => id);
  await sql`select from parcels where order_id = any(${orderIds}::uuid[])
    order by id for no key update`.execute(trx);
  return orderIds;
}

type Sent = { id: string; carrier: string; trackingNumber: string };

async function writeSteps(
  trx: Transaction<DB>,
  { userId }: CoopScope,
  sent: readonly Sent[],
  now: Date,
): Promise<void> {
  const rows = JSON.stringify(sent.map((each) => ({ ...each, eventId: uuidv7() })));
  await sql`
    with r as (select * from jsonb_to_recordset(${rows}) as r (id uuid, carrier text,
      "trackingNumber" text, "eventId" uuid)), noted as (
      insert into parcel_events (id, parcel_id, kind, by_user_id, occurred_at)
      select "eventId", id, 'shipped', ${userId}, ${now} from r)
    update parcels set status = 'shipped', updated_at = ${now}, carrier = r.carrier,
      tracking_number = r."trackingNumber"
    from r where parcels.id = r.id`.execute(trx);
  const acts = sent.map(({ id, carrier, trackingNumber }) => ({
    ...{ action: "parcel.shipped", subject: { type: "parcel", id }, before: { status: "packed" } },
    after: { status: "shipped", carrier, tracking_number: trackingNumber },
  }));
  await noteActs(trx, userId, acts);
}

/** Brings orders to what their parcels say. The caller holds both. */
async function followParcels(trx: Transaction<DB>, orderIds: readonly string[], now: Date) {
  const { rows } = await sql<{ id: string; status: OrderStatus; parcels: ParcelStatus[] }>`
    select o.id, o.status, array_agg(p.status) as parcels
    from orders o join parcels p on p.order_id = o.id
    where o.id = any(${[...orderIds]}::uuid[]) group by o.id`.execute(trx);
  const changed = rows.flatMap(({ id, status, parcels }) => {
    const next = deriveOrderStatus(status, parcels);
    return next === status ? [] : [{ id, status: next }];
  });
  await sql`
    update orders set status = r.status, updated_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(changed)}) as r (id uuid, status text)
    where orders.id = r.id`.execute(trx);
}

/**
 * Ships every parcel that some lines have a number for and that can be shipped, in as many statements
 * for thousands as for one; every other line changes nothing. What each parcel and order comes to is
 * what shipping it by itself leaves (advance-parcel.ts). Answers line by line.
 *
 * Locks the orders in id order, then their parcels in id order.
 */
export async function shipRows(
  trx: Transaction<DB>,
  scope: CoopScope,
  rows: readonly ComparedRow[],
  now: Date,
): Promise<TrackingVerdict[]> {
  const orderIds = await lockAll(
    trx,
    scope,
    rows.flatMap(({ orderNumber }) => orderNumber ?? []),
  );
  const judged = await judgeTracking(trx, scope, rows);
  const sent = judged.filter(isTaken).map(({ parcel, carrier, trackingNumber }) => {
    if (!parcel || !carrier || !trackingNumber) throw new Error("a line to ship says too little");
    return { id: parcel.id, carrier, trackingNumber };
  });
  if (sent.length > 0) {
    await writeSteps(trx, scope, sent, now);
    await followParcels(trx, orderIds, now);
  }
  return judged.map(({ verdict }) => verdict);
}
