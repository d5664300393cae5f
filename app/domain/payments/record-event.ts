import { type Kysely, sql } from "kysely";
import { addJob } from "#app/domain/queue/queue-job.ts";
import type { PaymentEvent } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";

const JOB = addJob({ task: sql`task`, payload: sql`payload`, key: sql`key` });

/**
 * Keeps a verified webhook by its id and queues the job that asks Stripe for the truth, both or
 * neither, in one statement: a webhook is a nudge, not a fact. The same event again is kept once
 * (`isNew: false`) and queues its job again until it has had its effect; one that Stripe
 * knew nothing of has had none. Events that nothing here waits for are kept as `ignored`.
 * One job waits per checkout, refund, charge, dispute and payment that failed, however many events come for it.
 */
export async function recordPaymentEvent(
  db: Kysely<DB>,
  event: PaymentEvent,
): Promise<{ ok: true; isNew: boolean }> {
  const { checkoutSessionId, refundId, refundedChargeId, disputeId, failedPaymentIntentId } = event;
  const isWaitedFor =
    (checkoutSessionId ?? refundId ?? refundedChargeId ?? disputeId ?? failedPaymentIntentId) !==
    null;
  const { rows } = await sql<{ kept: number }>`
    with kept as (
      insert into stripe_events
        (event_id, type, object_id, created_by_stripe_at, processed_at, outcome)
      values (${event.id}, ${event.type}, ${event.objectId}, ${event.createdAt},
        ${isWaitedFor ? null : new Date()}, ${isWaitedFor ? null : "ignored"})
      on conflict (event_id) do nothing returning event_id
    ), jobs(task, payload, key) as (
      select 'settle-payment', json_build_object('checkoutSessionId', ${checkoutSessionId}::text),
        'settle-payment:' || ${checkoutSessionId}::text
      union all
      select 'refund-payment', json_build_object('refundId', id), 'refund-payment:' || id
      from refunds where stripe_refund_id = ${refundId}::text
      union all
      select 'settle-refunds', json_build_object('chargeId', ${refundedChargeId}::text),
        'settle-refunds:' || ${refundedChargeId}::text
      -- A refund that we do not know may have been made by hand, or be none of ours.
      where not exists (select from refunds where stripe_refund_id = ${refundId}::text)
      union all
      select 'settle-dispute', json_build_object('disputeId', ${disputeId}::text),
        'settle-dispute:' || ${disputeId}::text
      union all
      select 'settle-attempt',
        json_build_object('paymentIntentId', ${failedPaymentIntentId}::text),
        'settle-attempt:' || ${failedPaymentIntentId}::text
    ), queued as (
      select ${JOB}
      from jobs where key is not null and (exists (select from kept) or exists (
        select from stripe_events where event_id = ${event.id}
          and (processed_at is null or outcome like 'unknown-%')))
    )
    select (select count(*) from kept) as kept, (select count(*) from queued) as queued`.execute(
    db,
  );
  return { ok: true, isNew: rows[0]?.kept === 1 };
}

/** When a look at Stripe begins, by the clock of the database, which stamps events too. */
export async function beginLook(db: Kysely<DB>): Promise<string> {
  const { rows } = await sql<{ at: string }>`select clock_timestamp()::text as at`.execute(db);
  return rows[0]?.at ?? "-infinity";
}

/**
 * Notes that every event of one Stripe object that was stored when a look at it began has had its
 * effect. What came while Stripe was asked may tell of something newer than the answer: it waits
 * for a look of its own.
 */
export async function markEventsProcessed(
  db: Kysely<DB>,
  objectId: string,
  { outcome, begun }: { outcome: string; begun: string },
): Promise<void> {
  await db
    .updateTable("stripe_events")
    .set({ processed_at: new Date(), outcome })
    .where("object_id", "=", objectId)
    .where("processed_at", "is", null)
    .where("created_at", "<=", sql<Date>`${begun}::timestamptz`)
    .execute();
}
