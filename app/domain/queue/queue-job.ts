import { type Kysely, type RawBuilder, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/** Every job and what it is told. A payload holds ids only: it is kept in clear and logged. */
export type Jobs = {
  "make-photo-variants": { photoId: string };
  "index-listing": { listingId: string };
  "settle-payment": { checkoutSessionId: string };
  "settle-attempt": { paymentIntentId: string };
  "expire-order": { orderId: string };
  "refund-payment": { refundId: string };
  "settle-refunds": { chargeId: string };
  "settle-given": { stripeRefundId: string };
  "settle-charge": { chargeId: string };
  "settle-dispute": { disputeId: string };
  "send-message": { messageId: string };
  "expire-consent": { listingId: string };
  "take-import": { importId: string };
  "take-tracking": { fileId: string };
};

type QueueOptions = {
  /** Jobs with one key are one job: queueing it again replaces the one that waits. */
  key?: string;
  runAt?: Date;
};

const MAX_ATTEMPTS = 12;

/**
 * Queues a job from within a statement that has its parts as SQL: one more part of what the
 * statement does, or of nothing at all. Jobs with one key are one job.
 */
export function addJob(job: {
  task: RawBuilder<unknown>;
  payload: RawBuilder<unknown>;
  key: RawBuilder<unknown>;
  runAt?: RawBuilder<unknown>;
}): RawBuilder<unknown> {
  return sql`graphile_worker.add_job(${job.task}, payload => ${job.payload},
    job_key => ${job.key}, ${job.runAt ? sql`run_at => ${job.runAt},` : sql``}
    max_attempts => ${sql.lit(MAX_ATTEMPTS)})`;
}

/**
 * A query that queues all jobs of `jobs` (SQL: rows of task, payload and key), each key once and in their
 * order, with one call and one NOTIFY: an eighth of what `addJob` takes row by row. Its rows are the
 * keys; where there is no job nobody is woken.
 */
export function addJobs(jobs: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select job.key from (
      select array_agg(row(task, payload, null, null, ${sql.lit(MAX_ATTEMPTS)}, key, null, null)
        ::graphile_worker.job_spec order by key) as specs
      from (select distinct on (key) task, payload, key from (${jobs}) asked order by key) once
    ) due cross join lateral graphile_worker.add_jobs(due.specs) job
    where due.specs is not null`;
}

/** What `queueIndexing` does, as a part of a statement that has the listing's id as SQL. */
export function addIndexing(listingId: RawBuilder<unknown>): RawBuilder<unknown> {
  return addJob({
    task: sql`'index-listing'`,
    payload: sql`json_build_object('listingId', ${listingId})`,
    key: sql`'index-listing:' || ${listingId}`,
  });
}

/**
 * Queues a job. Inside a transaction the job exists exactly if the transaction commits.
 */
export async function queueJob<Name extends keyof Jobs>(
  db: Kysely<DB>,
  name: Name,
  payload: Jobs[Name],
  options: QueueOptions = {},
): Promise<void> {
  const job = addJob({
    task: sql`${name}`,
    payload: sql`${JSON.stringify(payload)}::json`,
    key: sql`${options.key ?? null}`,
    runAt: options.runAt && sql`${options.runAt}::timestamptz`,
  });
  await sql`select ${job}`.execute(db);
}

/** Queues that a listing is to be indexed again, once for all that has changed till then. */
export function queueIndexing(db: Kysely<DB>, listingId: string): Promise<void> {
  return queueJob(db, "index-listing", { listingId }, { key: `index-listing:${listingId}` });
}
