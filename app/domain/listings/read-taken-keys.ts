import type { Kysely } from "kysely";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { keyOf } from "./note-changes.ts";

/** A phone comes back to a form it has heard nothing of long before there are so many later ones. */
const LAST = 10;

/**
 * The keys of the last ten forms that brought stock of a household's own listing in or took it off
 * sale, newest first: by them a phone knows that what it sent has arrived, though it heard no
 * answer. Empty for somebody else's listing. Locks nothing, cannot fail.
 */
export async function readStockKeys(
  db: Kysely<DB>,
  scope: SellerScope,
  listingId: string,
): Promise<string[]> {
  const own = keyOf(scope, "");
  const rows = await db
    .selectFrom("listing_changes")
    .select("client_key")
    .where("listing_id", "=", listingId)
    .where("client_key", "like", `${own}%`)
    .orderBy("id", "desc")
    .limit(LAST)
    .execute();
  return rows.map(({ client_key }) => (client_key ?? "").slice(own.length));
}

/**
 * The keys of the last ten forms by which something was listed for a household, by itself or its
 * cooperative, agreed to or not, newest first. Locks nothing, cannot fail.
 */
export async function readListingKeys(db: Kysely<DB>, scope: SellerScope): Promise<string[]> {
  const rows = await db
    .selectFrom("listings")
    .select("client_key")
    .where("created_by_household_id", "=", scope.householdId)
    .orderBy("id", "desc")
    .limit(LAST)
    .execute();
  const prefix = keyOf(scope, "");
  const keys = rows.map(({ client_key }) => client_key ?? "");
  return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}
