import { type Kysely, sql } from "kysely";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { GIVEN_BY_HAND, type RefundReason } from "../payments/refund-reasons.ts";
import { OWED } from "./owed-by-order.ts";

/** The job and its sweeper carry a refund out within minutes; a bank may take days to answer. */
const HANGS_AFTER = { requested: "15 minutes", pending: "5 days" };

export type TroubledRefund = {
  id: string;
  orderNumber: string;
  fen: number;
  currency: string;
  /**
   * `failed`; or it hangs: `requested` and not with Stripe yet (refused for now, if there is a
   * `failure`), `pending` at the buyer's bank.
   */
  status: "failed" | "requested" | "pending";
  /** Why it was to be given back. */
  reason: RefundReason;
  /** Stripe's own word for why it failed or was refused; null for one that only hangs. */
  failure: string | null;
  /** What is kept of its order for the buyer (see owe-buyer.ts) and is not on its way to her. */
  owedFen: number;
  /** When Stripe is asked again; null when that is not waited for. */
  nextTryAt: Date | null;
  since: Date;
};

/**
 * Refunds that will not end by themselves: failed ones after which nothing was given back of the
 * payment, or whose buyer is owed something still, those that Stripe refuses for now, and those that hang longer than jobs and banks need.
 * Oldest first, with how many there are. The scope is proof that an operator asks. Locks nothing.
 */
export async function readTroubledRefunds(
  db: Kysely<DB>,
  _operator: OperatorScope,
  { limit, now = new Date() }: { limit: number; now?: Date },
): Promise<{ count: number; rows: TroubledRefund[] }> {
  const { rows } = await sql<TroubledRefund & { count: number }>`
    select r.id, o.number as "orderNumber", r.fen, p.currency, r.status, r.reason, r.failure,
      case when r.status = 'requested' then r.try_again_at end as "nextTryAt",
      coalesce(owed.fen, 0) as "owedFen", r.updated_at as since, count(*) over () as count
    from refunds r
    left join (${OWED}) owed on owed.order_id = r.order_id
    join orders o on o.id = r.order_id
    join payments p on p.id = r.payment_id
    where r.status in ('requested', 'pending', 'failed') and r.bank_reference is null
      and r.failure is distinct from ${GIVEN_BY_HAND} and case r.status
      when 'requested' then r.failure is not null
        or r.updated_at < ${now}::timestamptz - ${HANGS_AFTER.requested}::interval
      when 'pending' then r.updated_at < ${now}::timestamptz - ${HANGS_AFTER.pending}::interval
      else owed.fen > 0 or not exists (select from refunds later
        where later.payment_id = r.payment_id and later.id > r.id
          and later.status <> 'failed') end
    order by r.updated_at, r.id limit ${limit}`.execute(db);
  return { count: rows[0]?.count ?? 0, rows: rows.map(({ count: _count, ...row }) => row) };
}
