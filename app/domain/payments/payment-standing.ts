import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { lostFen } from "./lost-fen.ts";

export type PaymentStanding = {
  /** `disputed` while a bank has it open; what was lost to one counts as given back. */
  status: "succeeded" | "suspense" | "partly-refunded" | "refunded" | "disputed";
  /** It made its order paid; else it was put aside. */
  isSale: boolean;
};

/**
 * Derives a payment's status from what has happened to it (disputes that are open or were lost,
 * refunds that Stripe has taken out of our balance) and writes it. What was put aside stays so
 * until all of it is back. The caller holds the order's row and has posted its disputes.
 */
export async function updatePaymentStanding(
  trx: DbTransaction<DB>,
  paymentId: string,
): Promise<PaymentStanding> {
  const { rows } = await sql<PaymentStanding>`
    with seen as (
      select p.id, p.fen, ${lostFen(sql`p.id`)} as lost,
        not exists (select from ledger_transactions t
          where t.idempotency_key = 'suspense:' || p.id) as is_sale,
        (select coalesce(sum(r.fen), 0) from refunds r
          where r.payment_id = p.id and r.status in ('pending', 'succeeded')
            and r.dispute_id is null) as refunded,
        exists (select from disputes d where d.payment_id = p.id
          and d.status not in ('won', 'lost', 'warning_closed', 'prevented')) as is_disputed
      from payments p where p.id = ${paymentId}
    )
    update payments set status = case
        when s.is_disputed then 'disputed'
        when s.refunded + s.lost >= s.fen then 'refunded'
        when not s.is_sale then 'suspense'
        when s.refunded + s.lost > 0 then 'partly-refunded'
        else 'succeeded' end
    from seen s where payments.id = s.id
    returning payments.status, s.is_sale as "isSale"`.execute(trx);
  const standing = rows[0];
  if (!standing) throw new Error(`payment ${paymentId} is gone`);
  return standing;
}
