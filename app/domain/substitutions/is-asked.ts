import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

/** Whether the buyer of a parcel is asked what may replace something of it. Locks nothing. */
export async function isAsked(trx: Transaction<DB>, parcelId: string): Promise<boolean> {
  const { rows } = await sql`
    select from substitutions where parcel_id = ${parcelId} and state = 'open' limit 1`.execute(
    trx,
  );
  return rows.length > 0;
}
