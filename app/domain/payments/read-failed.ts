import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { STILL_OWED } from "../orders/owed-views.ts";
import { IS_UNDECIDED, WAS_UNHEARD } from "./failed-by-hand.ts";
import { isStanding } from "./let-go.ts";

export type FailedByHand = {
  id: string;
  orderNumber: string;
  fen: number;
  currency: string;
  /** Stripe's own id, to look it up there. */
  stripeRefundId: string;
  seenAt: Date;
  /** What is owed to its buyer already, in fen of CNY. */
  owedFen: number;
  /** Open, or what was decided. */
  state: "open" | "kept" | "left";
};

/**
 * A refund by hand that failed before the books heard of it (note-failed.ts), for the operator to
 * decide; null when there is none of this id. Locks nothing.
 */
export async function readFailedByHand(
  db: Kysely<DB>,
  _operator: OperatorScope,
  refundId: string,
): Promise<FailedByHand | null> {
  if (!isUuid(refundId)) return null;
  const { rows } = await sql<FailedByHand>`
    select r.id, orders.number as "orderNumber", r.fen, y.currency, r.created_at as "seenAt",
      r.stripe_refund_id as "stripeRefundId", ${STILL_OWED} as "owedFen",
      case when ${IS_UNDECIDED} then 'open' when ${isStanding("r")} then 'kept' else 'left' end as state
    from refunds r join orders on orders.id = r.order_id join payments y on y.id = r.payment_id
    where r.id = ${refundId} and ${WAS_UNHEARD}`.execute(db);
  return rows[0] ?? null;
}
