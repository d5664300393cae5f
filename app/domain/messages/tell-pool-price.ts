import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { queueMessage } from "./queue-message.ts";

/**
 * Tells the households whose goods still lie in a pooled listing what one sale unit of it costs by now
 * (`fen`), in the transaction that gave it that price and holds its row. Each once for a price that it
 * has been given: the listing's version stands in the message's key. Whose goods are all sold has
 * nothing left that sells at it. Locks nothing more.
 */
export async function tellPoolPrice(trx: Transaction<DB>, listingId: string): Promise<void> {
  const { rows } = await sql<{
    householdId: string;
    title: string;
    fen: number;
    unit: string;
    version: number;
  }>`
    select distinct lots.household_id as "householdId", l.title_zh as title, l.price_fen as fen,
      l.unit || ' ' || l.unit_grams as unit, l.version
    from lots join listings l on l.id = lots.listing_id
    where l.id = ${listingId} and lots.available + lots.held > 0
    order by lots.household_id`.execute(trx);
  for (const { householdId, version, ...params } of rows) {
    const key = `pool-priced:${listingId}:${version}:${householdId}`;
    await queueMessage(trx, { to: { householdId }, template: "pool.priced", params, key });
  }
}
