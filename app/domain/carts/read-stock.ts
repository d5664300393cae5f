import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/** What of a listing can be bought now, over all its lots; undefined for an unknown listing. */
export async function readStock(
  db: Kysely<DB>,
  listingId: string,
): Promise<{ available: number; priceFen: number; isOnSale: boolean } | undefined> {
  const row = await db
    .selectFrom("listings")
    .select([
      "price_fen",
      "status",
      sql<number>`(select coalesce(sum(available), 0)::int from lots where listing_id = listings.id)`.as(
        "available",
      ),
    ])
    .where("id", "=", listingId)
    .executeTakeFirst();
  if (!row) return undefined;
  const isOnSale = row.status === "published";
  return { available: row.available, priceFen: row.price_fen, isOnSale };
}
