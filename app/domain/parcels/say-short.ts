import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { type RequestedRefund, requestOrderRefund } from "../payments/request-order-refund.ts";
import type { LossReason } from "../stock/loss-reasons.ts";
import { takeShort } from "../stock/take-short.ts";
import { type LineRefusal, lockLine } from "./lock-line.ts";
import { LONGEST_REASON } from "./reason-rule.ts";

export type SaidShort =
  | { ok: true; fen: number; isNew: boolean }
  | { ok: false; reason: LineRefusal | "quantity-invalid" | "weighed-already" | "taken-before" }
  /** Of so many that are to be sent; of the last ones of a parcel: call it off. */
  | { ok: false; reason: "not-so-many" | "nothing-to-send"; units: number }
  | Extract<RequestedRefund, { ok: false }>;

/**
 * Some sale units of a line of a parcel of the scope's cooperative are not there. Their price goes
 * back to the buyer (a refund by quantity, plan-refund.ts: each account gives its share of the line),
 * they leave the stock for good (take-short.ts), and the parcel goes without them. The same
 * `clientKey` again is the same shortage (`isNew: false`). `note` is what the buyer reads, by her
 * language.
 *
 * Fails, writing nothing, as lockLine and requestOrderRefund do, and with "quantity-invalid",
 * "not-so-many", "nothing-to-send" (it would leave an empty box, whose freight has to go back too),
 * "weighed-already" (what is missing was weighed: weigh it again) and "taken-before" (by the same key
 * something else). Locks the order's row, its parcels by id, the line's listing, then the lots by id.
 */
export async function sayShort(
  db: Kysely<DB>,
  scope: CoopScope,
  input: {
    parcelId: string;
    orderLineId: string;
    quantity: number;
    reason: LossReason;
    clientKey: string;
    note?: { zh: string; en: string };
  },
): Promise<SaidShort> {
  const { parcelId, orderLineId, quantity, reason, clientKey } = input;
  const { userId } = scope;
  if (!Number.isSafeInteger(quantity) || quantity < 1) {
    return { ok: false, reason: "quantity-invalid" };
  }
  return db.transaction().execute(async (trx): Promise<SaidShort> => {
    const locked = await lockLine(trx, scope, input);
    if (!locked.ok) return locked;
    const { line } = locked;
    const before = await trx
      .selectFrom("line_shortages as s")
      .innerJoin("refunds as r", "r.id", "s.refund_id")
      .where("s.parcel_id", "=", parcelId)
      .where("s.client_key", "=", clientKey)
      .select(["s.order_line_id", "s.quantity", "s.reason", "r.fen"])
      .executeTakeFirst();
    if (before) {
      const isSame =
        before.order_line_id === orderLineId &&
        before.quantity === quantity &&
        before.reason === reason;
      return isSame
        ? { ok: true, fen: before.fen, isNew: false }
        : { ok: false, reason: "taken-before" };
    }
    if (line.lightFen !== null) return { ok: false, reason: "weighed-already" };
    const { units } = line;
    if (quantity > units) return { ok: false, reason: "not-so-many", units };
    if (quantity === line.parcelUnits) return { ok: false, reason: "nothing-to-send", units };
    const refund = await requestOrderRefund(trx, {
      ...{ orderId: line.orderId, parcelId, of: { kind: "quantity", orderLineId, quantity } },
      ...{ reason: "goods", note: input.note?.[line.locale].slice(0, LONGEST_REASON) },
      ...{ key: `short:${parcelId}:${clientKey}`, userId },
    });
    if (!refund.ok) return refund;
    const shortageId = uuidv7();
    const said = { order_line_id: orderLineId, quantity, reason, refund_id: refund.refundId };
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
      ...{ before: { units }, after: { ...said, units: units - quantity, fen: refund.fen } },
    });
    return { ok: true, fen: refund.fen, isNew: true };
  });
}
