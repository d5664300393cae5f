import type { Transaction as DbTransaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { noteCalledOff } from "../messages/note-called-off.ts";
import { nextParcelStatus, parcelStatuses } from "../parcels/parcel-states.ts";
import { giveBackStock } from "../stock/give-back.ts";
import { dropSubstitutes } from "../substitutions/drop-substitutes.ts";
import { moveFreight } from "./move-freight.ts";

/** What the parcels' own table lets anybody call off: all that no carrier has yet. */
const unshipped = parcelStatuses.filter(
  (status) => nextParcelStatus(status, "cancel").ok && status !== "cancelled",
);

/**
 * Calls off what has not left when the buyer has all of her money, by refunds or a bank: the goods
 * are still with the cooperative, so its stock is on sale again. Shipped parcels stay as they are:
 * what left is gone. Households that count on the sale will be told. No money moves here. A second time finds nothing to do. The caller holds the
 * order's row; its parcels by id and its lots by id are locked after it.
 */
export async function keepUnshipped(
  trx: DbTransaction<DB>,
  orderId: string,
  now: Date,
): Promise<void> {
  const parcels = await trx
    .selectFrom("parcels")
    .select("id")
    .where("order_id", "=", orderId)
    .where("status", "in", unshipped)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
  if (parcels.length === 0) return;
  const ids = parcels.map(({ id }) => id);
  await noteCalledOff(trx, { orderId, parcelIds: ids });
  await moveFreight(trx, orderId, ids);
  const dropped = await dropSubstitutes(trx, { parcelIds: ids, userId: null, now });
  await giveBackStock(trx, ids, dropped);
  await trx
    .updateTable("parcels")
    .set({ status: "cancelled", updated_at: now })
    .where("id", "in", ids)
    .execute();
  const event = { kind: "cancelled", occurred_at: now };
  await trx
    .insertInto("parcel_events")
    .values(ids.map((parcel_id) => ({ ...event, id: uuidv7(), parcel_id })))
    .execute();
  const entry = { ...{ actor: null, isByRule: true }, action: "parcel.cancelled" };
  const after = { reason: "fully-refunded" };
  for (const id of ids) await noteAct(trx, { ...entry, after, subject: { type: "parcel", id } });
}
