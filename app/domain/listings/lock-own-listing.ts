import { sql, type Transaction } from "kysely";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { ListingStatus } from "./listing-states.ts";
import { keyOf, type SellOutReason } from "./note-changes.ts";

export type LockedListing = {
  status: ListingStatus;
  harvestedOn: string;
  presaleLimit: number | null;
  unitGrams: number;
};

export type OwnLot = {
  id: string;
  reliefAccountId: string;
  harvestedOn: string;
  quantityIn: number;
  available: number;
  takenOut: number;
};

/**
 * Locks a listing of the household's own until the transaction ends: two changes of it come one
 * after the other. Orders go on meanwhile: they only need the row to stay. Undefined when it is
 * unknown, somebody else's, or a draft: that one waits for (or was refused) the household's consent.
 */
export async function lockOwnListing(
  trx: Transaction<DB>,
  { householdId }: SellerScope,
  listingId: string,
): Promise<LockedListing | undefined> {
  return trx
    .selectFrom("listings")
    .where("id", "=", listingId)
    .where("created_by_household_id", "=", householdId)
    .where("status", "<>", "draft")
    .select([
      sql<ListingStatus>`status`.as("status"),
      "harvested_on as harvestedOn",
      "presale_limit as presaleLimit",
      "unit_grams as unitGrams",
    ])
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/**
 * Locks the household's lots of a listing in id order, as every writer of several lots does.
 * The listing's row is locked before: orders never wait for a listing while they hold its lots.
 */
export async function lockOwnLots(
  trx: Transaction<DB>,
  { householdId }: SellerScope,
  listingId: string,
): Promise<OwnLot[]> {
  return trx
    .selectFrom("lots")
    .where("listing_id", "=", listingId)
    .where("household_id", "=", householdId)
    .select([
      "id",
      "relief_account_id as reliefAccountId",
      "harvested_on as harvestedOn",
      "quantity_in as quantityIn",
      "available",
      "taken_out as takenOut",
    ])
    .orderBy("id")
    .forUpdate()
    .execute();
}

/** Sale units that have come in and were not taken off sale again: what a pre-sale's limit counts. */
export function promisedIn(lots: readonly OwnLot[]): number {
  return lots.reduce((sum, lot) => sum + lot.quantityIn - lot.takenOut, 0);
}

/** Whether there is more or less than somebody was shown who moves it because of that. */
export const hasOther = (lots: readonly OwnLot[], { promised }: { promised?: number }) =>
  promised !== undefined && promised !== promisedIn(lots);

/** What a form has moved of a listing's stock: sale units in all, of one harvest when they came in. */
type Moved = { quantity: number; harvestedOn: string; reason: SellOutReason | null };

/**
 * What a form has moved of this listing's stock already; undefined for nothing. The caller holds
 * the listing's row.
 */
export async function readMoved(
  trx: Transaction<DB>,
  scope: SellerScope,
  { listingId, clientKey }: { listingId: string; clientKey: string },
): Promise<Moved | undefined> {
  return trx
    .selectFrom("listing_changes as c")
    .innerJoin("lots", "lots.id", "c.lot_id")
    .select([
      sql<number>`sum(c.quantity)::int`.as("quantity"),
      sql<string>`min(lots.harvested_on)`.as("harvestedOn"),
      sql<SellOutReason | null>`min(c.reason)`.as("reason"),
    ])
    .where("c.listing_id", "=", listingId)
    .where("c.client_key", "=", keyOf(scope, clientKey))
    .groupBy("c.client_key")
    .executeTakeFirst();
}
