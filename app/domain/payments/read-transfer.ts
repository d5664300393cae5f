import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { PlannedPosting } from "./plan-transfer.ts";
import type { TransferFault } from "./transfer-rule.ts";

export type BookedTransfer = {
  id: string;
  orderNumber: string;
  /** In the smallest unit of the currency. */
  fen: number;
  currency: string;
  /** The day in China. */
  paidOn: string;
  reference: string;
  /** Why it was taken back; null while it stands. */
  fault: TransferFault | null;
  /** What taking it back posts. */
  postings: PlannedPosting[];
};

/**
 * A bank transfer that was booked (see book-transfer.ts), with the postings that taking it back
 * would make. Null when there is none of this id. Locks nothing.
 */
export async function readTransfer(
  db: Kysely<DB>,
  _operator: OperatorScope,
  refundId: string,
): Promise<BookedTransfer | null> {
  if (!isUuid(refundId)) return null;
  const { rows } = await sql<BookedTransfer>`
    select r.id, o.number as "orderNumber", r.fen, y.currency, r.paid_on as "paidOn",
      r.bank_reference as reference, r.failure as fault,
      (select jsonb_agg(jsonb_build_object('account', a.code, 'titleZh', l.title_zh,
          'titleEn', l.title_en, 'fen', -p.fen) order by p.id)
        from ledger_transactions t join postings p on p.transaction_id = t.id
        join ledger_accounts a on a.id = p.account_id
        left join order_lines l on l.id = p.order_line_id
        where t.idempotency_key = 'refund:' || r.id) as postings
    from refunds r join orders o on o.id = r.order_id join payments y on y.id = r.payment_id
    where r.id = ${refundId} and r.bank_reference is not null`.execute(db);
  return rows[0] ?? null;
}
