import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type Difference = {
  /** Where it stands in its run's report; give the last one's as `after` to go on. */
  place: number;
  kind:
    | "at-stripe-only"
    | "in-ledger-only"
    | "amounts-differ"
    | "posted-twice"
    | "settled-elsewhere";
  /** Stripe's balance transaction; null when Stripe has none. */
  stripeTransactionId: string | null;
  /** The charge, refund or dispute it is about, or whatever Stripe calls it. */
  stripeObjectId: string | null;
  /** Stripe's reporting category; null when Stripe has nothing. */
  category: string | null;
  /** In the smallest unit of its own currency, as the ledger's; null where a side has nothing. */
  stripeFen: number | null;
  stripeCurrency: string | null;
  ledgerTransactionId: string | null;
  ledgerKind: string | null;
  ledgerCount: number;
  ledgerFen: number | null;
  ledgerCurrency: string | null;
  isFee: boolean;
  /** The order it belongs to, as far as the books tell. */
  orderNumber: string | null;
  happenedAt: Date;
  /** What the ledger's entry claims, where that was later than the run: no true entry does. */
  stampedAheadAt: Date | null;
  /** When an operator has reversed the entry since; the next run will not name it. */
  reversedAt: Date | null;
};

/**
 * What a reconciliation named, in the order in which it happened, from after a place on; each with
 * its order's number. A page costs what it shows, however long the report. Locks nothing.
 */
export async function readDifferences(
  db: Kysely<DB>,
  {
    reconciliationId,
    after = 0,
    limit,
  }: {
    reconciliationId: string;
    after?: number;
    limit: number;
  },
): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    select d.place, d.kind, d.stripe_transaction_id as "stripeTransactionId",
      d.stripe_object_id as "stripeObjectId", d.category, d.stripe_fen as "stripeFen",
      d.stripe_currency as "stripeCurrency", d.ledger_transaction_id as "ledgerTransactionId",
      d.ledger_kind as "ledgerKind", d.ledger_count as "ledgerCount", d.ledger_fen as "ledgerFen",
      d.ledger_currency as "ledgerCurrency", d.matched_by like 'fee:%' as "isFee",
      (select o.number from orders o where o.id = coalesce(
        (select order_id from payments where charge_id = d.stripe_object_id),
        (select order_id from refunds where stripe_refund_id = d.stripe_object_id),
        (select p.order_id from disputes x join payments p on p.id = x.payment_id
          where x.stripe_dispute_id = d.stripe_object_id),
        case t.cause_type
          when 'order' then t.cause_id
          when 'payment' then (select order_id from payments where id = t.cause_id)
          when 'refund' then (select order_id from refunds where id = t.cause_id)
          when 'dispute' then (select p.order_id from disputes x
            join payments p on p.id = x.payment_id where x.id = t.cause_id)
        end)) as "orderNumber",
      d.happened_at as "happenedAt", d.ledger_stamped_ahead_at as "stampedAheadAt", back.created_at as "reversedAt"
    from reconciliation_differences d
    left join ledger_transactions t on t.id = d.ledger_transaction_id
    left join ledger_transactions back on back.reverses_id = t.id
      and back.idempotency_key like 'reversal:%'
    where d.reconciliation_id = ${reconciliationId} and d.place > ${after}
    order by d.place limit ${limit}`.execute(db);
  return rows;
}
