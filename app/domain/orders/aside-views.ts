import { sql } from "kysely";
import { leftFen } from "../payments/left-fen.ts";
import { isStanding } from "../payments/let-go.ts";
import type { RefundReason } from "../payments/refund-reasons.ts";
import { IS_ASIDE } from "./owed-views.ts";

/** What came beside the order's own payment (too late, once more, of another sum) and goes back. */
export type OrderViewAside = {
  id: string;
  status: "requested" | "pending" | "succeeded" | "failed";
  /** Why it is given back. */
  reason: RefundReason;
  /** In the smallest unit of the currency: no part of the order's own sums. */
  fen: number;
  currency: string;
};

/**
 * Refunds of an order's payments that were put aside, oldest first, as a column of a query on
 * `orders`. Bank transfers are told by themselves, and what failed in our own currency with what is
 * still owed (owed-views.ts).
 */
export const ASIDE_REFUNDS = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'status', f.status, 'reason', f.reason,
    'fen', f.fen, 'currency', y.currency) order by f.id), '[]')
  from refunds f join payments y on y.id = f.payment_id
  where f.order_id = orders.id and ${IS_ASIDE} and f.bank_reference is null
    and ${isStanding("f")}
    and (f.status <> 'failed' or y.currency <> 'cny' and ${leftFen(sql`y`)} > 0))`;
