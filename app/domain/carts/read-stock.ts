import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { isInWindow } from "../cycles/window.ts";

/**
 * What of a listing can be bought now, over all its lots, and how much of it one order may take
 * (`most`, in whole sale units; null where its seller sets no bound); undefined for an unknown listing.
 * What is sold in cycles is on sale while one is open.
 */
export async function readStock(
  db: Kysely<DB>,
  listingId: string,
): Promise<
  { available: number; most: number | null; priceFen: number; isOnSale: boolean } | undefined
> {
  const row = await db
    .selectFrom("listings")
    .select([
      "price_fen",
      "most_per_order as most",
      "status",
      isInWindow("listings", new Date()).as("isInWindow"),
      sql<number>`(select coalesce(sum(available), 0)::int from lots where listing_id = listings.id)`.as(
        "available",
      ),
    ])
    .where("id", "=", listingId)
    .executeTakeFirst();
  if (!row) return undefined;
  const isOnSale = row.status === "published" && row.isInWindow;
  const { available, most, price_fen: priceFen } = row;
  return { available, most, priceFen, isOnSale };
}
