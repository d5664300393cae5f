import { type Kysely, sql } from "kysely";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { IS_ASIDE } from "../orders/owed-views.ts";
import { IS_UNDECIDED } from "../payments/failed-by-hand.ts";
import { leftFen } from "../payments/left-fen.ts";
import { isStanding } from "../payments/let-go.ts";
import { promisedOf } from "../payments/promised.ts";
import type { RefundReason } from "../payments/refund-reasons.ts";
import { OWED_BY_LINE } from "./owed-by-order.ts";

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
  /** What was promised by it and nothing was given in the stead of; in the smallest unit. */
  owedFen: number;
  /** Given by hand, and it failed before the books heard of it: nobody was promised it yet (note-failed.ts). */
  isUndecided: boolean;
  /** When Stripe is asked again; null when that is not waited for. */
  nextTryAt: Date | null;
  since: Date;
};

/** SQL: what failed refunds had promised and nothing was given in the stead of (refund_id, fen). */
const UNPAID = sql`
  select refund_id, sum(fen)::bigint as fen
  from (${promisedOf(OWED_BY_LINE, sql`true`)}) promised group by 1
  union all
  select id, least(fen, left_fen - earlier)::bigint from (
    select r.id, r.fen, ${leftFen(sql`y`)} as left_fen,
      sum(r.fen) over (partition by y.id order by r.id) - r.fen as earlier
    from refunds r join payments y on y.id = r.payment_id
    where r.status = 'failed' and r.bank_reference is null and ${IS_ASIDE}
      and ${isStanding("r")}
  ) aside where left_fen > earlier`;

/**
 * Refunds that will not end by themselves: failed ones as long as something that they had promised
 * is given in the stead of none (owe-promise.ts; of a payment put aside: as long as so much is left
 * of it, the oldest first), those given by hand that failed unheard and that nobody has decided about, those that Stripe refuses for now, and those that hang longer than jobs and banks need.
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
      coalesce(owed.fen, 0) as "owedFen", ${IS_UNDECIDED} as "isUndecided", r.updated_at as since, count(*) over () as count
    from refunds r
    left join (${UNPAID}) owed on owed.refund_id = r.id
    join orders o on o.id = r.order_id
    join payments p on p.id = r.payment_id
    where r.status in ('requested', 'pending', 'failed') and r.bank_reference is null
      and ${isStanding("r")} and case r.status
      when 'requested' then r.failure is not null
        or r.updated_at < ${now}::timestamptz - ${HANGS_AFTER.requested}::interval
      when 'pending' then r.updated_at < ${now}::timestamptz - ${HANGS_AFTER.pending}::interval
      else owed.fen > 0 or ${IS_UNDECIDED} end
    order by r.updated_at, r.id limit ${limit}`.execute(db);
  return { count: rows[0]?.count ?? 0, rows: rows.map(({ count: _count, ...row }) => row) };
}
