import { type Kysely, sql } from "kysely";
import { addedColumns, mostWithout } from "#app/domain/listings/agreed-terms.ts";
import type { ListingStatus } from "#app/domain/listings/listing-states.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { ImportRow } from "../understand.ts";

export type StockLot = { id: string; harvestedOn: string; reliefAccountId: string };

/** A listing of the cooperative's households, with its stock in whole sale units. */
export type StockListing = {
  id: string;
  /** Null of a pooled one, whose stock comes from the scale. */
  householdId: string | null;
  status: ListingStatus;
  unitGrams: number;
  presaleLimit: number | null;
  harvestedOn: string;
  onSale: number;
  quantityIn: number;
  /** What its pre-sale's limit counts. */
  promised: number;
  /** So much may be on sale at once without asking its household anew. */
  mostOnSale: number;
  lots: StockLot[];
};

type Row = Omit<StockListing, "mostOnSale"> & { added: number; toldLimit: number | null };

/**
 * The listings that some lines are of, as far as they are of the scope's cooperative and its own
 * households, and which of the lines' keys have brought stock in already. Locks nothing.
 */
export async function readStock(
  db: Kysely<DB>,
  scope: CoopScope,
  rows: readonly ImportRow<"lots">[],
): Promise<{ listings: Map<string, StockListing>; taken: Set<string> }> {
  const ids = [...new Set(rows.flatMap(({ value }) => value?.listing ?? []))];
  const { rows: found } = await sql<Row>`
    select l.id, l.created_by_household_id as "householdId", l.status, l.unit_grams as "unitGrams",
      l.presale_limit as "presaleLimit", l.harvested_on as "harvestedOn",
      coalesce(s."onSale", 0) as "onSale", coalesce(s."quantityIn", 0) as "quantityIn",
      coalesce(s.promised, 0) as promised, coalesce(s.lots, '[]') as lots,
      ${addedColumns(sql`l.id`)}
    from listings l left join households h on h.id = l.created_by_household_id
    left join lateral (
      select sum(available)::int as "onSale", sum(quantity_in)::int as "quantityIn",
        sum(quantity_in - taken_out)::int as promised,
        json_agg(json_build_object('id', id, 'harvestedOn', harvested_on,
          'reliefAccountId', relief_account_id) order by id) as lots
      from lots where listing_id = l.id) s on true
    where l.id = any(${ids}::uuid[]) and l.cooperative_id = ${scope.cooperativeId}
      and (l.is_pooled or h.cooperative_id = ${scope.cooperativeId})`.execute(db);
  const { rows: before } = await sql<{ key: string }>`
    select client_key as key from listing_changes
    where listing_id = any(${ids}::uuid[]) and what = 'restock'
      and client_key like '%:import:%'`.execute(db);
  const listings = found.map(({ added, toldLimit, ...listing }): StockListing => {
    const { quantityIn, presaleLimit } = listing;
    return { ...listing, mostOnSale: mostWithout(quantityIn - added, presaleLimit && toldLimit) };
  });
  return {
    listings: new Map(listings.map((listing) => [listing.id, listing])),
    taken: new Set(before.map(({ key }) => key)),
  };
}
