import { type Kysely, sql } from "kysely";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

export type UnmatchedPayment = {
  id: string;
  /** Stripe's charge, and its payment where there is one. */
  chargeId: string;
  paymentIntentId: string | null;
  /** In the smallest unit of its currency, as what of it has not been given back. */
  paidFen: number;
  leftFen: number;
  currency: string;
  arrivedAt: Date;
};

/**
 * Money at Stripe that belongs to no order and has not, or not wholly, been given back: it waits for
 * the operator. Oldest first, with how many there are. The scope is proof that an operator asks.
 * Locks nothing.
 */
export async function readUnmatched(
  db: Kysely<DB>,
  _operator: OperatorScope,
  { limit }: { limit: number },
): Promise<{ count: number; rows: UnmatchedPayment[] }> {
  const { rows } = await sql<UnmatchedPayment & { count: number }>`
    select id, charge_id as "chargeId", payment_intent_id as "paymentIntentId", fen as "paidFen",
      fen - given_back_fen as "leftFen", currency, arrived_at as "arrivedAt",
      count(*) over () as count
    from unmatched_payments where given_back_fen < fen
    order by arrived_at, id limit ${limit}`.execute(db);
  return { count: rows[0]?.count ?? 0, rows: rows.map(({ count: _count, ...row }) => row) };
}
