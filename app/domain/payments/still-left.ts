import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { leftFen } from "./left-fen.ts";

/**
 * Whether what a failed refund would have taken is there still: of a payment that was put aside. Of a
 * sale it is kept for the buyer (owe-promise.ts), and only given in its stead. The caller holds the
 * order's row.
 */
export async function isStillLeft(
  trx: DbTransaction<DB>,
  refund: { payment_id: string; fen: number },
): Promise<boolean> {
  const { rows } = await sql<{ isLeft: boolean }>`
    select ${leftFen(sql`p`)} >= ${refund.fen} and exists (select from ledger_transactions t
      where t.idempotency_key = 'suspense:' || p.id) as "isLeft"
    from payments p where p.id = ${refund.payment_id}`.execute(trx);
  return rows[0]?.isLeft ?? false;
}
