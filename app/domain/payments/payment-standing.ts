import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type PaymentStanding = {
  status: "succeeded" | "suspense" | "partly-refunded" | "refunded" | "disputed";
  /** It made its order paid; else it was put aside. */
  isSale: boolean;
};

/**
 * Derives a payment's status from what has happened to it (disputes that are open, refunds that
 * Stripe has taken out of our balance) and writes it. The caller holds the order's row.
 */
export async function updatePaymentStanding(
  trx: DbTransaction<DB>,
  paymentId: string,
): Promise<PaymentStanding> {
  const { rows } = await sql<PaymentStanding>`
    with seen as (
      select p.id, p.fen,
        not exists (select from ledger_transactions t
          where t.idempotency_key = 'suspense:' || p.id) as is_sale,
        (select coalesce(sum(r.fen), 0) from refunds r
          where r.payment_id = p.id and r.status in ('pending', 'succeeded')) as refunded,
        exists (select from disputes d where d.payment_id = p.id
          and d.status not in ('won', 'warning_closed')) as is_disputed
      from payments p where p.id = ${paymentId}
    )
    update payments set status = case
        when s.is_disputed then 'disputed'
        when s.refunded >= s.fen then 'refunded'
        when s.refunded > 0 then 'partly-refunded'
        when s.is_sale then 'succeeded' else 'suspense' end
    from seen s where payments.id = s.id
    returning payments.status, s.is_sale as "isSale"`.execute(trx);
  const standing = rows[0];
  if (!standing) throw new Error(`payment ${paymentId} is gone`);
  return standing;
}
