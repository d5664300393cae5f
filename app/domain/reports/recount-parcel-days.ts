import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * Notes that all days on which something was done to these parcels are to be counted anew
 * (count-parcel-days.ts): what they weigh or carry has changed since. Locks nothing.
 */
export async function recountParcelDays(
  trx: Transaction<DB>,
  parcelIds: readonly string[],
): Promise<void> {
  await sql`
    insert into uncounted_parcel_days (cooperative_id, day)
    select distinct p.cooperative_id, (e.occurred_at at time zone 'Asia/Shanghai')::date
    from parcel_events e join parcels p on p.id = e.parcel_id
    where e.parcel_id = any(${[...parcelIds]}::uuid[])`.execute(trx);
}
