import { type Kysely, sql } from "kysely";
import { addJobs } from "#app/domain/queue/queue-job.ts";
import type { DB } from "#db/schema.d.ts";

/** A worker that was away for a few nights makes up for them. */
const DAYS_BACK = 3;

/**
 * Queues that the listings are indexed anew of which a certificate ended with one of the last days of
 * Shanghai before `now`, so that searches do not count it. Safe to repeat. Locks nothing.
 */
export async function lapseCertificates(
  db: Kysely<DB>,
  now = new Date(),
): Promise<{ listings: number }> {
  const { rows } = await addJobsFor(now).execute(db);
  return { listings: rows.length };
}

const addJobsFor = (now: Date) => {
  const today = sql`(${now}::timestamptz at time zone 'Asia/Shanghai')::date`;
  return sql`${addJobs(sql`
    select 'index-listing' as task, json_build_object('listingId', listing_id) as payload,
      'index-listing:' || listing_id as key
    from listing_certificates
    where removed_at is null and valid_until < ${today} and valid_until >= ${today} - ${DAYS_BACK}::int`)}`;
};
