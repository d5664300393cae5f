import { type Kysely, sql } from "kysely";
import { addedUnits, mostWithout, toldLimit } from "#app/domain/listings/agreed-terms.ts";
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

type Row = Omit<StockListing, "mostOnSale" | "onSale" | "quantityIn" | "promised" | "lots"> & {
  added: number;
  toldLimit: number | null;
};
type LotRow = StockLot & {
  listingId: string;
  available: number;
  quantityIn: number;
  takenOut: number;
};

/**
 * The listings that some lines are of, as far as they are of the scope's cooperative and its own
 * households, and which of the lines' keys have brought stock in already. With `lock` their lots are
 * locked in id order, by the statement that reads them; the caller holds the listings. Else nothing is.
 */
export async function readStock(
  db: Kysely<DB>,
  scope: CoopScope,
  rows: readonly ImportRow<"lots">[],
  { lock = false } = {},
): Promise<{ listings: Map<string, StockListing>; taken: Set<string> }> {
  const ids = [...new Set(rows.flatMap(({ value }) => value?.listing ?? []))];
  const { rows: found } = await sql<Row>`
    select l.id, l.created_by_household_id as "householdId", l.status, l.unit_grams as "unitGrams",
      l.presale_limit as "presaleLimit", l.harvested_on as "harvestedOn",
      ${addedUnits(sql`l.id`)} as added,
      case when l.presale_limit is not null then ${toldLimit(sql`l.id`)} end as "toldLimit"
    from listings l left join households h on h.id = l.created_by_household_id
    where l.id = any(${ids}::uuid[]) and l.cooperative_id = ${scope.cooperativeId}
      and (l.is_pooled or h.cooperative_id = ${scope.cooperativeId})`.execute(db);
  const lots = await readLots(db, found, lock);
  const listings = found.map(({ added, toldLimit, ...listing }): StockListing => {
    const { presaleLimit } = listing;
    const own = lots.get(listing.id) ?? [];
    const sum = (of: (lot: LotRow) => number) => own.reduce((all, lot) => all + of(lot), 0);
    const quantityIn = sum((lot) => lot.quantityIn);
    return {
      ...listing,
      ...{ quantityIn, onSale: sum(({ available }) => available) },
      promised: quantityIn - sum(({ takenOut }) => takenOut),
      mostOnSale: mostWithout(quantityIn - added, presaleLimit && toldLimit),
      lots: own,
    };
  });
  const byId = new Map(listings.map((listing) => [listing.id, listing]));
  return { listings: byId, taken: await readTaken(db, byId, rows) };
}

/** The lots of these listings, in id order. */
async function readLots(db: Kysely<DB>, listings: readonly { id: string }[], lock: boolean) {
  const ids = listings.map(({ id }) => id);
  const { rows } = await sql<LotRow>`
    select listing_id as "listingId", id, harvested_on as "harvestedOn",
      relief_account_id as "reliefAccountId", available, quantity_in as "quantityIn",
      taken_out as "takenOut"
    from lots where listing_id = any(${ids}::uuid[]) order by id
    ${lock ? sql`for update` : sql``}`.execute(db);
  const lots = new Map<string, LotRow[]>();
  for (const lot of rows) {
    const before = lots.get(lot.listingId);
    if (before) before.push(lot);
    else lots.set(lot.listingId, [lot]);
  }
  return lots;
}

/** By which key a line brings in once what it says. */
export const lineKey = (householdId: string, key: string) => `${householdId}:import:${key}`;

async function readTaken(
  db: Kysely<DB>,
  listings: ReadonlyMap<string, StockListing>,
  rows: readonly ImportRow<"lots">[],
): Promise<Set<string>> {
  const keys = rows.flatMap(({ value, key }) => {
    const householdId = value && listings.get(value.listing)?.householdId;
    return householdId ? [lineKey(householdId, key)] : [];
  });
  const { rows: taken } = await sql<{ key: string }>`
    select client_key as key from listing_changes where client_key = any(${keys}::text[])`.execute(
    db,
  );
  return new Set(taken.map(({ key }) => key));
}
