import type { Kysely } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { RefundOf } from "../payments/plan-refund.ts";
import { type RequestedRefund, requestOrderRefund } from "../payments/request-order-refund.ts";
import { lockParcel } from "./lock-parcel.ts";
import { LONGEST_REASON } from "./reason-rule.ts";

export type RefundedParcel = RequestedRefund | { ok: false; reason: "parcel-not-found" };

/**
 * Gives the buyer money back for what a parcel of the scope's cooperative holds: all, a line, a
 * quantity, an amount (fen) or freight, by the rules of plan-refund.ts. The parcel goes on as it
 * is; to stop it, cancel it. The same `clientKey` again is the same refund. `note` is what the
 * buyer reads, `seen` the mark of the plan that was shown (see plan-parcel-refund.ts).
 *
 * Fails with "parcel-not-found" or as requestOrderRefund does. Locks the order's row, then its
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
    return requestOrderRefund(trx, {
      orderId: locked.order.id,
      parcelId: input.parcelId,
      of: input.of,
      reason: "goods",
      note: input.note?.slice(0, LONGEST_REASON),
      seen: input.seen,
      key: `parcel:${input.parcelId}:${input.clientKey}`,
      userId: scope.userId,
    });
  });
}
