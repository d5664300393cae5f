import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * Whether a listing is in a cycle, now or later, that promises its buyers an earlier day than this one.
 * The caller holds the listing's row, which whoever plans a cycle of it takes, too.
 */
export async function shipsAfterCycle(
  trx: Transaction<DB>,
  { listingId, shipsFrom, now }: { listingId: string; shipsFrom: string; now: Date },
): Promise<boolean> {
  const { rows } = await sql`
    select from cycle_listings k join order_cycles c on c.id = k.cycle_id
    where k.listing_id = ${listingId} and not k.is_off and k.closes_at > ${now}
      and c.ships_on < ${shipsFrom}::date limit 1`.execute(trx);
  return rows.length > 0;
}
