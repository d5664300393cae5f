import { type Kysely, sql } from "kysely";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { leftFen } from "../payments/left-fen.ts";

export type SuspendedPayment = {
  id: string;
  orderNumber: string;
  /** What the order came to, in fen of CNY. */
  orderFen: number;
  /** What was paid, in the smallest unit of its currency. */
  paidFen: number;
  /** What of it is neither given back, also for good by a bank, nor on its way. */
  leftFen: number;
  currency: string;
  paymentIntentId: string;
  paidAt: Date;
};

/**
 * Payments that match no order and are not, or not wholly, on their way back: they wait for the
 * operator. Oldest first, with how many there are. The scope is proof that an operator asks. Locks
 * nothing.
 */
export async function readSuspense(
  db: Kysely<DB>,
  _operator: OperatorScope,
  { limit }: { limit: number },
): Promise<{ count: number; rows: SuspendedPayment[] }> {
  const { rows } = await sql<SuspendedPayment & { count: number }>`
    select p.id, o.number as "orderNumber", o.total_fen as "orderFen", p.fen as "paidFen",
      rest.fen as "leftFen", p.currency, p.payment_intent_id as "paymentIntentId",
      p.paid_at as "paidAt", count(*) over () as count
    from payments p join orders o on o.id = p.order_id
    cross join lateral (select ${leftFen(sql`p`)} as fen) rest
    where p.status = 'suspense' and rest.fen > 0
    order by p.paid_at, p.id limit ${limit}`.execute(db);
  return { count: rows[0]?.count ?? 0, rows: rows.map(({ count: _count, ...row }) => row) };
}
