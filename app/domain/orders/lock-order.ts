import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { OrderStatus } from "./order-states.ts";

export type LockedOrder = {
  id: string;
  number: string;
  status: OrderStatus;
  totalFen: number;
  expiresAt: Date;
  createdAt: Date;
  checkoutSessionId: string | null;
  /** Payment pages it had before, which closed while it had time left. */
  closedPages: number;
};

/**
 * Locks one order's row. Everything that changes an order takes this lock first and its lots
 * after it, so that settling, expiring, cancelling and refunding one order happen one by one.
 */
export async function lockOrder(
  trx: DbTransaction<DB>,
  orderId: string,
): Promise<LockedOrder | null> {
  const { rows } = await sql<LockedOrder>`
    select id, number, status, total_fen as "totalFen", expires_at as "expiresAt",
      created_at as "createdAt", checkout_session_id as "checkoutSessionId",
      closed_pages as "closedPages"
    from orders where id = ${orderId} for update`.execute(trx);
  return rows[0] ?? null;
}
