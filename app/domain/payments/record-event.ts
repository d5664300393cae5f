import { type Kysely, sql } from "kysely";
import { addJobs } from "#app/domain/queue/queue-job.ts";
import type { PaymentEvent } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { writeTogether } from "../queue/write-together.ts";

type Recorded = { ok: true; isNew: boolean };

/** As many as one statement keeps. */
const MOST_TOGETHER = 100;

/** The events and their jobs, in the order of their ids and keys: so do all that write several. */
async function recordAll(db: Kysely<DB>, events: readonly PaymentEvent[]): Promise<Recorded[]> {
  const { rows } = await sql<{ kept: string[] }>`
    with sent as (
      select *, coalesce("checkoutSessionId", "refundId", "refundedChargeId", "disputeId",
        "failedPaymentIntentId") is not null as is_waited_for
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as e (id text, type text,
        "objectId" text, "createdAt" timestamptz, "checkoutSessionId" text, "refundId" text,
        "refundedChargeId" text, "disputeId" text, "failedPaymentIntentId" text)
    ), kept as (
      insert into stripe_events
        (event_id, type, object_id, created_by_stripe_at, processed_at, outcome)
      select distinct on (id) id, type, "objectId", "createdAt",
        case when not is_waited_for then clock_timestamp() end,
        case when not is_waited_for then 'ignored' end
      from sent order by id
      on conflict (event_id) do nothing returning event_id
    ), due as (
      select * from sent where id in (select event_id from kept) or exists (
        select from stripe_events k where k.event_id = sent.id
          and (k.processed_at is null or k.outcome like 'unknown-%'))
    ), jobs(task, payload, key) as (
      select 'settle-payment', json_build_object('checkoutSessionId', "checkoutSessionId"),
        'settle-payment:' || "checkoutSessionId" from due
      union all
      select 'refund-payment', json_build_object('refundId', r.id), 'refund-payment:' || r.id
      from due join refunds r on r.stripe_refund_id = due."refundId"
      union all
      select 'settle-refunds', json_build_object('chargeId', "refundedChargeId"),
        'settle-refunds:' || "refundedChargeId"
      -- A refund that we do not know may have been made by hand, or be none of ours.
      from due where not exists (select from refunds r where r.stripe_refund_id = due."refundId")
      union all
      select 'settle-dispute', json_build_object('disputeId', "disputeId"),
        'settle-dispute:' || "disputeId" from due
      union all
      select 'settle-attempt', json_build_object('paymentIntentId', "failedPaymentIntentId"),
        'settle-attempt:' || "failedPaymentIntentId" from due
    ), queued as (
      ${addJobs(sql`select * from jobs where key is not null`)}
    )
    select array(select event_id from kept) as kept, (select count(*) from queued) as queued`.execute(
    db,
  );
  const kept = new Set(rows[0]?.kept);
  // Of two copies at once the first one was new.
  return events.map(({ id }) => ({ ok: true, isNew: kept.delete(id) }));
}

/** Of each database: a webhook that comes while others are being written goes with the next ones. */
const recorders = new WeakMap<Kysely<DB>, (event: PaymentEvent) => Promise<Recorded>>();

/**
 * Keeps a verified webhook by its id and queues the job that asks Stripe for the truth, both or
 * neither, in one statement: a webhook is a nudge, not a fact. The same event again is kept once
 * (`isNew: false`) and queues its job again until it has had its effect; one that Stripe
 * knew nothing of has had none. Events that nothing here waits for are kept as `ignored`.
 * One job waits per checkout, refund, charge, dispute and payment that failed, however many events come for it.
 * What comes at once shares a statement and its commit (write-together.ts), and two connections at
 * most: a crowd of webhooks takes none from the pages. Throws when it could not be kept.
 */
export function recordPaymentEvent(db: Kysely<DB>, event: PaymentEvent): Promise<Recorded> {
  const known = recorders.get(db);
  if (known) return known(event);
  const record = writeTogether((events: PaymentEvent[]) => recordAll(db, events), MOST_TOGETHER);
  recorders.set(db, record);
  return record(event);
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
