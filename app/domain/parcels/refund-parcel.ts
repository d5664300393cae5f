import type { Kysely } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import type { RefundOf } from "../payments/plan-refund.ts";
import { type RequestedRefund, requestOrderRefund } from "../payments/request-order-refund.ts";
import { readAskedBefore } from "./asked-before.ts";
import { lockParcel } from "./lock-parcel.ts";
import { LONGEST_REASON } from "./reason-rule.ts";

export type RefundedParcel =
  | RequestedRefund
  | { ok: false; reason: "parcel-not-found" }
  /** By the same key: so much, and for this reason. */
  | { ok: false; reason: "refunded-before"; fen: number; note: string };

/**
 * Gives the buyer money back for what a parcel of the scope's cooperative holds: all, a line, a
 * quantity, an amount (fen) or freight, by the rules of plan-refund.ts. The parcel goes on as it
 * is; to stop it, cancel it. The same `clientKey` again is the same refund, where it asks for the same
 * (asked-before.ts), and who gave how much stands in the audit log. `note` is what the
 * buyer reads, `seen` the mark of the plan that was shown (see plan-parcel-refund.ts).
 *
 * Fails with "parcel-not-found", "refunded-before" (the same `clientKey` has refunded something
 * else: `fen`, with this `note`) or as requestOrderRefund does. Locks the order's row, then its
 * parcels by id.
 */
export async function refundParcel(
  db: Kysely<DB>,
  scope: CoopScope,
  input: {
    parcelId: string;
    of: Exclude<RefundOf, { kind: "given" }>;
    clientKey: string;
    note?: string;
    seen?: string;
  },
): Promise<RefundedParcel> {
  return db.transaction().execute(async (trx): Promise<RefundedParcel> => {
    const locked = await lockParcel(trx, scope, input.parcelId);
    if (!locked) return { ok: false, reason: "parcel-not-found" };
    const note = input.note?.slice(0, LONGEST_REASON) ?? "";
    const made = await requestOrderRefund(trx, {
      orderId: locked.order.id,
      parcelId: input.parcelId,
      of: input.of,
      reason: "goods",
      note,
      seen: input.seen,
      key: `parcel:${input.parcelId}:${input.clientKey}`,
      userId: scope.userId,
    });
    if (!made.ok) return made;
    if (made.isNew) {
      await noteAct(trx, {
        ...{ actor: scope.userId, action: "parcel.refunded" },
        subject: { type: "parcel", id: input.parcelId },
        after: { refund_id: made.refundId, fen: made.fen },
      });
      return made;
    }
    const { isSame, ...before } = await readAskedBefore(trx, made.refundId, { of: input.of, note });
    return isSame ? made : { ok: false, reason: "refunded-before", ...before };
  });
}
