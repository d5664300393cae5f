import { sql, type Transaction } from "kysely";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { ListingStatus } from "./listing-states.ts";
import { keyOf } from "./note-changes.ts";

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

/** Whether a form has moved this listing's stock already. The caller holds the listing's row. */
export async function hasMoved(
  trx: Transaction<DB>,
  scope: SellerScope,
  { listingId, clientKey }: { listingId: string; clientKey: string },
): Promise<boolean> {
  const moved = await trx
    .selectFrom("listing_changes")
    .select("id")
    .where("listing_id", "=", listingId)
    .where("client_key", "=", keyOf(scope, clientKey))
    .limit(1)
    .executeTakeFirst();
  return moved !== undefined;
}
