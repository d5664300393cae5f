import { sql } from "kysely";
import { isStanding } from "../payments/let-go.ts";
import { IS_ASIDE } from "./owed-views.ts";

/** What came back, or will, or did not; a part belongs to a line, or is a cooperative's freight. */
export type OrderViewRefund = {
  id: string;
  status: "requested" | "pending" | "succeeded" | "failed";
  /** Why, in the cooperative's words; empty when it wrote nothing. */
  note: string;
  /** An ISO instant. */
  createdAt: string;
  fen: number;
  /** Paid by bank transfer on this day in China; null: it goes back the way it came. */
  paidOn: string | null;
  bankReference: string | null;
  /** Her bank has given it to her by a dispute, and the market does not. */
  isByBank: boolean;
  parts: { orderLineId: string | null; cooperativeId: string | null; fen: number }[];
};

const PARTS = sql`(
  select jsonb_agg(part order by part ->> 'orderLineId' nulls last) from (
    select jsonb_build_object('orderLineId', s.order_line_id, 'cooperativeId', c.id,
      'fen', sum(s.fen)) as part
    from refund_parts s
    left join cooperatives c on s.order_line_id is null
      and s.account_code in ('freight:' || c.slug, 'owed:' || c.slug)
    where s.refund_id = f.id group by s.order_line_id, c.id) parts)`;

/**
 * An order's refunds for its buyer, oldest first, as a column of a query on `orders`: line by
 * line, and freight by cooperative. Of payments that were no sale (late, or a second one)
 * aside-views.ts tells.
 */
export const REFUNDS = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'status', f.status, 'note', f.note,
    'createdAt', f.created_at, 'fen', f.fen, 'paidOn', f.paid_on,
    'bankReference', f.bank_reference, 'isByBank', f.dispute_id is not null, 'parts', ${PARTS}) order by f.id), '[]')
  from refunds f join payments y on y.id = f.payment_id and not ${IS_ASIDE}
  where f.order_id = orders.id and ${isStanding("f")}
    and exists (select from refund_parts s where s.refund_id = f.id))`;
