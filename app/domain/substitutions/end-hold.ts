import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { lockSoldLots } from "../stock/lock-lots.ts";

/**
 * Puts what was held for buyers' answers about some parcels back on sale; answers of which listings, that
 * the caller has yet to have indexed. The caller holds the order's row, ends what is open in the same
 * transaction, and has locked the listings that it changes; the parcels' lots are locked here, by id.
 */
export async function endOfferHolds(
  trx: Transaction<DB>,
  parcelIds: readonly string[],
  only?: string,
): Promise<string[]> {
  await lockSoldLots(trx, parcelIds);
  const { rows } = await sql<{ listingId: string }>`
    with ended as (
      select h.lot_id, sum(h.quantity)::int as quantity
      from substitutions s join substitution_lots h on h.substitution_id = s.id
      where s.parcel_id = any(${[...parcelIds]}::uuid[]) and s.state = 'open'
        and (${only ?? null}::uuid is null or s.id = ${only ?? null}::uuid)
      group by h.lot_id
    ), moved as (
      update lots set held = held - e.quantity, available = available + e.quantity
      from ended e where lots.id = e.lot_id returning lots.listing_id
    )
    select distinct listing_id as "listingId" from moved order by 1`.execute(trx);
  return rows.map(({ listingId }) => listingId);
}
