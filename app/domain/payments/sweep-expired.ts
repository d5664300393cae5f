import { type Kysely, type RawBuilder, sql } from "kysely";
import { addJob, type Jobs } from "#app/domain/queue/queue-job.ts";
import type { DB } from "#db/schema.d.ts";
import { isMadeUp } from "./made-up.ts";
import { isUnknownRefund } from "./unknown-refund.ts";

const JOB = addJob({ task: sql`task`, payload: sql`payload`, key: sql`key` });

/** Of each kind: what is too much for one run is not always the same. */
const AT_ONCE = sql.lit(500);

/** SQL: a job of this key waits to be tried, or tried again; one that failed for good does not. `id` names its table. */
const waits = (task: keyof Jobs, id: RawBuilder<unknown>) => sql`exists (
  select from graphile_worker.jobs j
  where j.key = ${sql.lit(`${task}:`)} || ${id} and j.attempts < j.max_attempts)`;

/** SQL: webhooks that have had no effect for five minutes, once for what they are about. */
const lateEvents = (
  task: keyof Jobs,
  payloadKey: string,
  which: RawBuilder<unknown>,
  now: Date,
) => sql`
  (select ${sql.lit(task)}, json_build_object(${sql.lit(payloadKey)}, object_id),
      ${sql.lit(`${task}:`)} || object_id
    from stripe_events where processed_at is null and ${which}
      and created_at < ${now}::timestamptz - interval '5 minutes'
    group by object_id order by ${waits(task, sql`stripe_events.object_id`)}, min(created_at) limit ${AT_ONCE})`;

/**
 * Queues again what should have happened by now, for whatever reason it did not: orders unpaid two
 * minutes after their deadline, webhooks without effect and refunds not carried out for five
 * minutes, those that Stripe refused for now, or whose bank takes its time, once they are due again, disputes that are open and were
 * not looked at for a day, what a bank took or gave back by Stripe's balance and the books do not have
 * (for three days: after that reconciliation alone names it), money that came to Stripe five minutes ago and belongs to no payment we
 * know, what is left of such money once a day, refunds that Stripe's balance has and we do not
 * (unknown-refund.ts), and households that have not answered in time. A job that waits already
 * is replaced, not doubled. Of each kind at most 500 a run: first those for which no job waits, so
 * that what is stuck for good never keeps others from their turn, then the oldest. Answers how many
 * were queued. Locks nothing.
 */
export async function sweepExpired(
  db: Kysely<DB>,
  { now = new Date() }: { now?: Date } = {},
): Promise<{ ok: true; queued: number }> {
  const { rows } = await sql<{ queued: number }>`
    with due(task, payload, key) as (
      (select 'expire-order', json_build_object('orderId', id), 'expire-order:' || id
        from orders where status = 'pending-payment'
          and expires_at < ${now}::timestamptz - interval '2 minutes'
        order by ${waits("expire-order", sql`orders.id`)}, expires_at limit ${AT_ONCE})
      union all
      ${lateEvents("settle-payment", "checkoutSessionId", sql`type like 'checkout.session.%'`, now)}
      union all
      ${lateEvents("settle-attempt", "paymentIntentId", sql`type = 'payment_intent.payment_failed'`, now)}
      union all
      ${lateEvents("settle-refunds", "chargeId", sql`type = 'charge.refunded'`, now)}
      union all
      ${lateEvents("settle-dispute", "disputeId", sql`type like 'charge.dispute.%'`, now)}
      union all
      (select 'refund-payment',
          json_build_object('refundId', r.id), 'refund-payment:' || r.id
        from stripe_events e join refunds r on r.stripe_refund_id = e.object_id
        where processed_at is null
          and e.created_at < ${now}::timestamptz - interval '5 minutes'
        group by r.id order by ${waits("refund-payment", sql`r.id`)}, min(e.created_at) limit ${AT_ONCE})
      union all
      (select 'refund-payment', json_build_object('refundId', id), 'refund-payment:' || id
        from refunds where status in ('requested', 'pending')
          and updated_at < ${now}::timestamptz - interval '5 minutes'
          and coalesce(try_again_at, '-infinity') <= ${now}::timestamptz
        order by ${waits("refund-payment", sql`refunds.id`)}, coalesce(try_again_at, updated_at)
        limit ${AT_ONCE})
      union all
      (select 'settle-dispute', json_build_object('disputeId', d.stripe_dispute_id),
          'settle-dispute:' || d.stripe_dispute_id
        from disputes d join payments p on p.id = d.payment_id
        where d.status not in ('won', 'lost', 'warning_closed', 'prevented')
          and not ${isMadeUp(sql`p`)}
          and d.updated_at < ${now}::timestamptz - interval '1 day'
        order by ${waits("settle-dispute", sql`d.stripe_dispute_id`)}, d.updated_at
        limit ${AT_ONCE})
      union all
      (select 'settle-dispute', json_build_object('disputeId', m.source),
          'settle-dispute:' || m.source
        from stripe_movements m
        where m.category in ('dispute', 'dispute_reversal') and m.fen <> 0 and m.source is not null
          and m.created_at < ${now}::timestamptz - interval '5 minutes'
          and m.created_at > ${now}::timestamptz - interval '3 days'
          and not exists (select from ledger_transactions t
            where t.idempotency_key = 'dispute:' || m.stripe_id)
          and not ${waits("settle-dispute", sql`m.source`)}
        group by m.source order by min(m.created_at) limit ${AT_ONCE})
      union all
      (select 'settle-charge', json_build_object('chargeId', m.source),
          'settle-charge:' || m.source
        from stripe_movements m
        where m.booked_at is null and m.category = 'charge' and m.source is not null
          and m.created_at < ${now}::timestamptz - interval '5 minutes'
          and not exists (select from payments p where p.charge_id = m.source)
          and not exists (select from unmatched_payments u where u.charge_id = m.source)
        order by ${waits("settle-charge", sql`m.source`)}, m.id limit ${AT_ONCE})
      union all
      (select 'settle-charge', json_build_object('chargeId', charge_id),
          'settle-charge:' || charge_id
        from unmatched_payments where given_back_fen < fen
          and looked_at < ${now}::timestamptz - interval '1 day'
        order by ${waits("settle-charge", sql`unmatched_payments.charge_id`)}, looked_at
        limit ${AT_ONCE})
      union all
      (select 'settle-given', json_build_object('stripeRefundId', m.source),
          'settle-given:' || m.source
        from stripe_movements m
        where m.created_at < ${now}::timestamptz - interval '5 minutes'
          and ${isUnknownRefund(sql`m`)} and not ${waits("settle-given", sql`m.source`)}
        group by m.source order by min(m.created_at) limit ${AT_ONCE})
      union all
      (select 'expire-consent', json_build_object('listingId', listing_id),
          'expire-consent:' || listing_id
        from listing_consents where answer is null
          and expires_at < ${now}::timestamptz - interval '2 minutes'
        order by ${waits("expire-consent", sql`listing_consents.listing_id`)}, expires_at limit ${AT_ONCE})
    )
    select count(${JOB}) as queued
    from due`.execute(db);
  return { ok: true, queued: rows[0]?.queued ?? 0 };
}
