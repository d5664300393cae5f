import { type Kysely, sql } from "kysely";
import type { PaymentEvent } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";

/**
 * Keeps a verified webhook by its id and queues the job that asks Stripe for the truth, both or
 * neither, in one statement: a webhook is a nudge, not a fact. The same event again is kept once
 * (`isNew: false`) and queues nothing. Events that nothing here waits for are kept as `ignored`.
 * One job waits per checkout and per refund, however many events come for it.
 */
export async function recordPaymentEvent(
  db: Kysely<DB>,
  event: PaymentEvent,
): Promise<{ ok: true; isNew: boolean }> {
  const isWaitedFor = event.checkoutSessionId !== null || event.refundId !== null;
  const { rows } = await sql<{ kept: number }>`
    with kept as (
      insert into stripe_events
        (event_id, type, object_id, created_by_stripe_at, processed_at, outcome)
      values (${event.id}, ${event.type}, ${event.objectId}, ${event.createdAt},
        ${isWaitedFor ? null : new Date()}, ${isWaitedFor ? null : "ignored"})
      on conflict (event_id) do nothing returning event_id
    ), settling as (
      select graphile_worker.add_job('settle-payment',
        json_build_object('checkoutSessionId', ${event.checkoutSessionId}::text),
        max_attempts => 12, job_key => 'settle-payment:' || ${event.checkoutSessionId}::text)
      from kept where ${event.checkoutSessionId}::text is not null
    ), refunding as (
      select graphile_worker.add_job('refund-payment', json_build_object('refundId', r.id),
        max_attempts => 12, job_key => 'refund-payment:' || r.id)
      from kept join refunds r on r.stripe_refund_id = ${event.refundId}::text
    )
    select (select count(*) from kept) as kept, (select count(*) from settling) as settling,
      (select count(*) from refunding) as refunding`.execute(db);
  return { ok: true, isNew: rows[0]?.kept === 1 };
}

/** Notes that every event of one Stripe object known so far has had its effect. */
export async function markEventsProcessed(
  db: Kysely<DB>,
  objectId: string,
  outcome: string,
): Promise<void> {
  await db
    .updateTable("stripe_events")
    .set({ processed_at: new Date(), outcome })
    .where("object_id", "=", objectId)
    .where("processed_at", "is", null)
    .execute();
}
