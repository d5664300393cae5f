import { type Kysely, sql } from "kysely";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { leftFen } from "../payments/left-fen.ts";
import type { TransferFault } from "../payments/transfer-rule.ts";
import { OWED } from "./owed-by-order.ts";

export type OwedBuyer = {
  orderNumber: string;
  /** Kept for the buyer, and on its way to her by no refund. */
  owedFen: number;
  paidAt: Date;
};

export type MadeTransfer = {
  id: string;
  orderNumber: string;
  fen: number;
  currency: string;
  /** The day in China on which the operator paid it. */
  paidOn: string;
  reference: string;
  /** Why it was taken back; null while it stands. */
  fault: TransferFault | null;
  /** What is owed still for the order, or of the payment put aside that it was for; 0: settled. */
  owedFen: number;
};

/**
 * Orders whose buyers are owed something that no refund is bringing them, longest paid first, with
 * how many there are; and the newest bank transfers that were booked, with those that were taken back. The scope is proof
 * that an operator asks. Locks nothing.
 */
export async function readOwedBuyers(
  db: Kysely<DB>,
  _operator: OperatorScope,
  { limit }: { limit: number },
): Promise<{ count: number; rows: OwedBuyer[]; transfers: MadeTransfer[] }> {
  const [owed, made] = await Promise.all([
    sql<OwedBuyer & { count: number }>`
      select o.number as "orderNumber", owed.fen as "owedFen", o.paid_at as "paidAt",
        count(*) over () as count
      from (${OWED}) owed join orders o on o.id = owed.order_id
      where owed.fen > 0 order by o.paid_at, o.id limit ${limit}`.execute(db),
    sql<MadeTransfer>`
      select r.id, o.number as "orderNumber", r.fen, p.currency, r.paid_on as "paidOn",
        r.bank_reference as reference, r.failure as fault, case when exists (
            select from ledger_transactions t where t.idempotency_key = 'suspense:' || p.id)
          then greatest(0, ${leftFen(sql`p`)})
          else coalesce(owed.fen, 0) end as "owedFen"
      from refunds r join orders o on o.id = r.order_id join payments p on p.id = r.payment_id
      left join (${OWED}) owed on owed.order_id = o.id
      where r.bank_reference is not null
      order by r.id desc limit ${limit}`.execute(db),
  ]);
  return {
    count: owed.rows[0]?.count ?? 0,
    rows: owed.rows.map(({ count: _count, ...row }) => row),
    transfers: made.rows,
  };
}
