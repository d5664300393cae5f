import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/** Every job and what it is told. A payload holds ids only: it is kept in clear and logged. */
export type Jobs = {
  "make-photo-variants": { photoId: string };
  "index-listing": { listingId: string };
  "settle-payment": { checkoutSessionId: string };
  "expire-order": { orderId: string };
  "refund-payment": { refundId: string };
  "settle-refunds": { chargeId: string };
  "settle-dispute": { disputeId: string };
  "send-sms": { refundId: string };
};

type QueueOptions = {
  /** Jobs with one key are one job: queueing it again replaces the one that waits. */
  key?: string;
  runAt?: Date;
};

/**
 * Queues a job. Inside a transaction the job exists exactly if the transaction commits.
 */
export async function queueJob<Name extends keyof Jobs>(
  db: Kysely<DB>,
  name: Name,
  payload: Jobs[Name],
  options: QueueOptions = {},
): Promise<void> {
  await sql`select graphile_worker.add_job(
    ${name}, payload => ${JSON.stringify(payload)}::json,
    job_key => ${options.key ?? null}, run_at => ${options.runAt ?? null}::timestamptz,
    max_attempts => 12
  )`.execute(db);
}
