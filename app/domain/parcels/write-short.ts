import type { Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { type RequestedRefund, requestOrderRefund } from "../payments/request-order-refund.ts";
import type { LossReason } from "../stock/loss-reasons.ts";
import { takeShort } from "../stock/take-short.ts";

/**
 * Writes down that some of the `units` of a line that were to be sent are not there, asks their price
 * back for the buyer, and takes them out of stock. Fails, writing nothing, as requestOrderRefund does.
 * The caller has looked at the line, and holds the order's row and its parcels'; the line's listing,
 * then the lots by id are locked after them.
 */
export async function writeShort(
  trx: Transaction<DB>,
  short: {
    orderId: string;
    parcelId: string;
    orderLineId: string;
    units: number;
    quantity: number;
    reason: LossReason;
    clientKey: string;
    /** What the buyer reads with it. */
    note?: string;
    userId: string;
  },
): Promise<Extract<RequestedRefund, { ok: false }> | { ok: true; refundId: string; fen: number }> {
  const { orderId, parcelId, orderLineId, units, quantity, reason, clientKey, userId } = short;
  const refund = await requestOrderRefund(trx, {
    ...{ orderId, parcelId, of: { kind: "quantity", orderLineId, quantity } },
    ...{ reason: "goods", note: short.note, key: `short:${parcelId}:${clientKey}`, userId },
  });
  if (!refund.ok) return refund;
  const { refundId, fen } = refund;
  const shortageId = uuidv7();
  const said = { order_line_id: orderLineId, quantity, reason, refund_id: refundId };
  await trx
    .insertInto("line_shortages")
    .values({
      ...{ id: shortageId, parcel_id: parcelId, client_key: clientKey, said_by: userId },
      ...said,
    })
    .execute();
  await takeShort(trx, { shortageId, parcelId, orderLineId, quantity, reason, userId });
  await noteAct(trx, {
    ...{ actor: userId, action: "parcel.short", subject: { type: "parcel", id: parcelId } },
    ...{ before: { units }, after: { ...said, units: units - quantity, fen } },
  });
  return { ok: true, refundId, fen };
}
