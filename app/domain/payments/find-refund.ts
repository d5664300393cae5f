import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { Charge } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";

type Given = Charge["refunds"][number];

/**
 * The row of what Stripe has given back of a payment, null when our books know nothing of it. It is
 * ours by Stripe's id, or by the id of ours that we wrote into it (when the answer was lost), unless
 * that one has become another of Stripe's: then money was given twice, and is written down twice.
 * Locks nothing.
 */
export async function findRefund(
  db: Kysely<DB>,
  paymentId: string,
  given: Given,
): Promise<string | null> {
  const ours = given.ourRefundId && isUuid(given.ourRefundId) ? given.ourRefundId : null;
  const row = await db
    .selectFrom("refunds")
    .select("id")
    .where("payment_id", "=", paymentId)
    .where((eb) =>
      eb.or([
        eb("stripe_refund_id", "=", given.id),
        ...(ours ? [eb.and([eb("id", "=", ours), eb("stripe_refund_id", "is", null)])] : []),
        eb("idempotency_key", "=", `refund:${paymentId}:${given.id}`),
      ]),
    )
    // Ours may have been superseded by one written down under Stripe's id.
    .orderBy(sql`stripe_refund_id = ${given.id}`, (order) => order.desc().nullsLast())
    .executeTakeFirst();
  return row?.id ?? null;
}
