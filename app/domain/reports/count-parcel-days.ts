import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

const DAYS_AT_ONCE = 20;

/** Counts some of the days that something was done on; how many, 0 when none waits. */
function countNext(db: Kysely<DB>): Promise<number> {
  return db.transaction().execute(async (trx) => {
    // Two who count at once would write the same rows: one at a time.
    await trx.selectFrom("report_progress").select("is_only").forUpdate().execute();
    const { rows: days } = await sql<{ cooperative_id: string; day: string }>`
      delete from uncounted_parcel_days waiting using (
        select distinct cooperative_id, day from uncounted_parcel_days
        order by day desc, cooperative_id limit ${DAYS_AT_ONCE}) next
      where waiting.cooperative_id = next.cooperative_id and waiting.day = next.day
      returning waiting.cooperative_id, waiting.day`.execute(trx);
    if (days.length === 0) return 0;
    const asked = sql`(select distinct cooperative_id, day
      from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) d (cooperative_id uuid, day date))`;
    await sql`delete from parcel_days old using ${asked} asked
      where old.cooperative_id = asked.cooperative_id and old.day = asked.day`.execute(trx);
    await sql`
      insert into parcel_days (cooperative_id, day, kind, carrier, parcels, grams, freight_fen)
      select asked.cooperative_id, asked.day, e.kind, carrier.named, count(*),
        sum(p.weight_grams), sum(p.freight_fen)
      from ${asked} asked
      join parcel_events e on e.occurred_at >= asked.day::timestamp at time zone 'Asia/Shanghai'
        and e.occurred_at < (asked.day + 1)::timestamp at time zone 'Asia/Shanghai'
      join parcels p on p.id = e.parcel_id and p.cooperative_id = asked.cooperative_id
      cross join lateral (
        select case when e.kind = 'shipped' then p.carrier end as named) carrier
      where e.kind <> 'shipment-corrected'
      group by asked.cooperative_id, asked.day, e.kind, carrier.named`.execute(trx);
    return days.length;
  });
}

/**
 * Counts anew, from the events of parcels, every day on which something was done since the last time.
 * A day is noted by whoever writes an event, in the same transaction, and struck off by whoever has
 * counted it: nothing is left out, however late it commits. Safe to run twice, also at once; locks
 * the row that says how far reports go.
 */
export async function countParcelDays(db: Kysely<DB>): Promise<{ days: number }> {
  let days = 0;
  for (;;) {
    const next = await countNext(db);
    if (next === 0) return { days };
    days += next;
  }
}
