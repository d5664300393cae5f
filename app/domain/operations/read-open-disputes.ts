import { type Kysely, sql } from "kysely";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

export type OpenDispute = {
  id: string;
  orderNumber: string;
  fen: number;
  currency: string;
  /** `asked`: our evidence is wanted; `review`: the bank is at it. */
  state: "asked" | "review";
  /** The bank only asks, and has taken nothing. */
  isInquiry: boolean;
  /** Stripe's own word. */
  reason: string | null;
  stripeDisputeId: string;
  /** Until when evidence can be sent; null when none is asked for. */
  dueAt: Date | null;
  isOverdue: boolean;
  openedAt: Date;
};

/**
 * Disputes that no bank has decided, the one that is due first first, with how many there are and
 * how many of them want our evidence.
 * The scope is proof that an operator asks. Locks nothing.
 */
export async function readOpenDisputes(
  db: Kysely<DB>,
  _operator: OperatorScope,
  { limit, now = new Date() }: { limit: number; now?: Date },
): Promise<{ count: number; askedCount: number; rows: OpenDispute[] }> {
  const { rows } = await sql<OpenDispute & { count: number; askedCount: number }>`
    select d.id, o.number as "orderNumber", d.fen, coalesce(taken.currency, p.currency) as currency, d.reason,
      case when d.status in ('needs_response', 'warning_needs_response') then 'asked'
        else 'review' end as state, d.status like 'warning\\_%' as "isInquiry",
      d.stripe_dispute_id as "stripeDisputeId", d.due_at as "dueAt",
      coalesce(d.due_at < ${now}::timestamptz, false) as "isOverdue",
      d.created_at as "openedAt", count(*) over () as count,
      count(*) filter (where d.status in ('needs_response', 'warning_needs_response')) over ()
        as "askedCount"
    from disputes d
    join payments p on p.id = d.payment_id
    join orders o on o.id = p.order_id
    -- What a bank takes may be in another currency than what was paid.
    left join lateral (
      select coalesce(nullif(substr(a.code, length('dispute:withdrawn-') + 1), ''), 'cny') as currency
      from ledger_transactions t join postings w on w.transaction_id = t.id
      join ledger_accounts a on a.id = w.account_id and a.code like 'dispute:withdrawn%'
      where t.cause_type = 'dispute' and t.cause_id = d.id limit 1
    ) taken on true
    where d.status not in ('won', 'lost', 'warning_closed') and d.status <> 'prevented'
    order by d.due_at nulls last, d.id limit ${limit}`.execute(db);
  return {
    count: rows[0]?.count ?? 0,
    askedCount: rows[0]?.askedCount ?? 0,
    rows: rows.map(({ count: _count, askedCount: _askedCount, ...row }) => row),
  };
}
