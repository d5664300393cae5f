import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { leftFen } from "./left-fen.ts";
import { readParts } from "./post-refund.ts";
import { readLeft } from "./read-left.ts";

/** What is left of a payment, see left-fen.ts. The caller holds the order's row. */
export async function leftOfPayment(trx: DbTransaction<DB>, paymentId: string): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select ${leftFen(sql`p`)} as fen from payments p where p.id = ${paymentId}`.execute(trx);
  return rows[0]?.fen ?? 0;
}

/**
 * Whether what a failed refund would have taken is there still: of its payment, and part by part of
 * each account, refunds under way left out. The caller holds the order's row.
 */
export async function isStillLeft(
  trx: DbTransaction<DB>,
  refund: { id: string; payment_id: string; order_id: string; fen: number },
): Promise<boolean> {
  if ((await leftOfPayment(trx, refund.payment_id)) < refund.fen) return false;
  const parts = await readParts(trx, refund.id);
  const left = await readLeft(trx, refund.order_id, null);
  return parts.every(({ account, orderLineId, fen }) =>
    left.some(
      (each) => each.account === account && each.orderLineId === orderLineId && each.fen >= fen,
    ),
  );
}
