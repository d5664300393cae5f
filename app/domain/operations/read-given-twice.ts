import { type Kysely, sql } from "kysely";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { TWICE_FEN } from "../payments/plan-given.ts";

export type GivenTwice = {
  id: string;
  orderNumber: string;
  /** What the buyer has beyond what was left of her payment, in the currency's smallest unit. */
  fen: number;
  /** All that was given by this refund. */
  givenFen: number;
  currency: string;
  /** Stripe's own id of the refund. */
  stripeRefundId: string;
  givenAt: Date;
};

/**
 * Refunds made by hand at Stripe of which the buyer had had some already (plan-given.ts): the market's
 * loss, for the operator to ask back. Newest first, with how many there are, and how many of the last
 * month: nothing takes those away that the buyer keeps. The scope is proof that an operator asks.
 * Locks nothing.
 */
export async function readGivenTwice(
  db: Kysely<DB>,
  _operator: OperatorScope,
  { limit }: { limit: number },
): Promise<{ count: number; newCount: number; rows: GivenTwice[] }> {
  const { rows } = await sql<GivenTwice & { count: number; newCount: number }>`
    select r.id, o.number as "orderNumber", twice.fen, r.fen as "givenFen", p.currency,
      r.stripe_refund_id as "stripeRefundId", r.created_at as "givenAt", count(*) over () as count,
      count(*) filter (where r.created_at > now() - interval '30 days') over () as "newCount"
    from refunds r
    join orders o on o.id = r.order_id
    join payments p on p.id = r.payment_id
    cross join lateral (select ${TWICE_FEN} as fen) twice
    where r.reason = 'by-hand' and r.status in ('pending', 'succeeded') and twice.fen > 0
    order by r.id desc limit ${limit}`.execute(db);
  const { count = 0, newCount = 0 } = rows[0] ?? {};
  return { count, newCount, rows: rows.map(({ count: _, newCount: _new, ...row }) => row) };
}
