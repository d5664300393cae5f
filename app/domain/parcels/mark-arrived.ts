import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { LockedOrder } from "../orders/lock-order.ts";
import type { OrderStatus } from "../orders/order-states.ts";
import { deriveOrderStatus } from "./order-progress-rule.ts";
import { isStatus, type ParcelStatus } from "./parcel-states.ts";
import { isParcelReceivable } from "./receipt-rule.ts";
import { tellDelivered } from "./tell-parcel.ts";
import { writeStep } from "./write-step.ts";

/** One parcel, or those that left before a moment. */
type Which = { parcelId: string } | { leftBefore: Date };

type Row = { id: string; status: string; leftAt: Date | null };

const isMeant = ({ id, leftAt }: Row, which: Which) =>
  "parcelId" in which ? id === which.parcelId : leftAt !== null && leftAt <= which.leftBefore;

export type Marked = {
  /** How many were on their way and are delivered now. */
  marked: number;
  /** Where the one that was asked about stands now; null when the order has no such parcel. */
  parcel: ParcelStatus | null;
  status: OrderStatus;
};

/**
 * Marks parcels of an order that are on their way as delivered, without their cooperative's word, and
 * lets the order follow from all its parcels. Where it is the clock that says so, the buyer is told. Of an order that is disputed, called off or all given
 * back none is marked. The caller holds the order's row; locks its parcels by id.
 */
export async function markArrived(
  trx: DbTransaction<DB>,
  order: Pick<LockedOrder, "id" | "status">,
  { which, userId, now }: { which: Which; userId: string | null; now: Date },
): Promise<Marked> {
  const { rows } = await sql<Row>`select p.id, p.status, (
      select e.occurred_at from parcel_events e where e.parcel_id = p.id and e.kind = 'shipped'
    ) as "leftAt" from parcels p where p.order_id = ${order.id} order by p.id
    for no key update of p`.execute(trx);
  const after: ParcelStatus[] = [];
  let marked = 0;
  let found: ParcelStatus | null = null;
  for (const row of rows) {
    const { id, status } = row;
    if (!isStatus(status)) throw new Error(`parcel status ${status} is unknown`);
    const isMine = isMeant(row, which);
    const next = isMine && isParcelReceivable(order.status, status) ? "delivered" : status;
    if (next !== status) {
      await writeStep(trx, { parcel: { id, status }, status: next, userId, now });
      // She says nothing herself here: her hours to claim begin, and nobody else tells her.
      if ("leftBefore" in which) await tellDelivered(trx, id);
      marked += 1;
    }
    if (isMine) found = next;
    after.push(next);
  }
  const status = deriveOrderStatus(order.status, after);
  if (status !== order.status) {
    await trx
      .updateTable("orders")
      .set({ status, updated_at: now })
      .where("id", "=", order.id)
      .execute();
  }
  return { marked, parcel: found, status };
}
