import { type Kysely, sql } from "kysely";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** The job at the deadline and the sweeper end an order within minutes. */
const HANGS_AFTER = "15 minutes";

export type OverdueOrder = {
  orderNumber: string;
  totalFen: number;
  /** Null when the payment page's opening was never heard of. */
  checkoutSessionId: string | null;
  expiresAt: Date;
};

/**
 * Unpaid orders whose time is over and that do not end, since Stripe does not say what became of
 * their payment: it knows no such page (another account's key), cannot be asked, or a bank is still
 * at it. Their stock stays held. Oldest first, with how many there are. The scope is proof that an
 * operator asks. Locks nothing.
 */
export async function readOverdueOrders(
  db: Kysely<DB>,
  _operator: OperatorScope,
  { limit, now = new Date() }: { limit: number; now?: Date },
): Promise<{ count: number; rows: OverdueOrder[] }> {
  const { rows } = await sql<OverdueOrder & { count: number }>`
    select number as "orderNumber", total_fen as "totalFen",
      checkout_session_id as "checkoutSessionId", expires_at as "expiresAt",
      count(*) over () as count
    from orders where status = 'pending-payment'
      and expires_at < ${now}::timestamptz - ${HANGS_AFTER}::interval
    order by expires_at, id limit ${limit}`.execute(db);
  return { count: rows[0]?.count ?? 0, rows: rows.map(({ count: _count, ...row }) => row) };
}
