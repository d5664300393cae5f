import { type Kysely, sql } from "kysely";
import { addJob } from "#app/domain/queue/queue-job.ts";
import type { DB } from "#db/schema.d.ts";
import { isMadeUp } from "./made-up.ts";

const JOB = addJob({ task: sql`task`, payload: sql`payload`, key: sql`key` });

/**
 * Queues again what should have happened by now, for whatever reason it did not: orders unpaid two
 * minutes after their deadline, webhooks without effect and refunds not carried out for five
 * minutes, those that Stripe refused for now once they are due again, disputes that are open and were
 * not looked at for a day, and households that have not answered in time. A job that waits already
 * is replaced, not doubled. Answers how many were queued.
 */
export async function sweepExpired(
  db: Kysely<DB>,
  { now = new Date() }: { now?: Date } = {},
): Promise<{ ok: true; queued: number }> {
  const { rows } = await sql<{ queued: number }>`
    with due(task, payload, key) as (
      (select 'expire-order', json_build_object('orderId', id), 'expire-order:' || id
        from orders where status = 'pending-payment'
          and expires_at < ${now}::timestamptz - interval '2 minutes' limit 500)
      union all
      (select distinct on (object_id) 'settle-payment',
          json_build_object('checkoutSessionId', object_id), 'settle-payment:' || object_id
        from stripe_events where processed_at is null and type like 'checkout.session.%'
          and created_at < ${now}::timestamptz - interval '5 minutes' limit 500)
      union all
      (select distinct on (object_id) 'settle-attempt',
          json_build_object('paymentIntentId', object_id), 'settle-attempt:' || object_id
        from stripe_events where processed_at is null and type = 'payment_intent.payment_failed'
          and created_at < ${now}::timestamptz - interval '5 minutes' limit 500)
      union all
      (select distinct on (object_id) 'settle-refunds',
          json_build_object('chargeId', object_id), 'settle-refunds:' || object_id
        from stripe_events where processed_at is null and type = 'charge.refunded'
          and created_at < ${now}::timestamptz - interval '5 minutes' limit 500)
      union all
      (select distinct on (object_id) 'settle-dispute',
          json_build_object('disputeId', object_id), 'settle-dispute:' || object_id
        from stripe_events where processed_at is null and type like 'charge.dispute.%'
          and created_at < ${now}::timestamptz - interval '5 minutes' limit 500)
      union all
      (select distinct on (object_id) 'refund-payment',
          json_build_object('refundId', r.id), 'refund-payment:' || r.id
        from stripe_events e join refunds r on r.stripe_refund_id = e.object_id
        where processed_at is null
          and e.created_at < ${now}::timestamptz - interval '5 minutes' limit 500)
      union all
      (select 'refund-payment', json_build_object('refundId', id), 'refund-payment:' || id
        from refunds where status in ('requested', 'pending')
          and updated_at < ${now}::timestamptz - interval '5 minutes'
          and coalesce(try_again_at, '-infinity') <= ${now}::timestamptz limit 500)
      union all
      (select 'settle-dispute', json_build_object('disputeId', d.stripe_dispute_id),
          'settle-dispute:' || d.stripe_dispute_id
        from disputes d join payments p on p.id = d.payment_id
        where d.status not in ('won', 'lost', 'warning_closed', 'prevented')
          and not ${isMadeUp(sql`p`)}
          and d.updated_at < ${now}::timestamptz - interval '1 day' limit 500)
      union all
      (select 'expire-consent', json_build_object('listingId', listing_id),
          'expire-consent:' || listing_id
        from listing_consents where answer is null
          and expires_at < ${now}::timestamptz - interval '2 minutes' limit 500)
    )
    select count(${JOB}) as queued
    from due`.execute(db);
  return { ok: true, queued: rows[0]?.queued ?? 0 };
}
