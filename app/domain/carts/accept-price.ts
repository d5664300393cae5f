import { type Kysely, sql } from "kysely";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { isOwnedBy } from "../owned-by.ts";

/**
 * The buyer accepts the price of a listing in her cart that she was shown, in fen. If it has
 * changed once more meanwhile nothing is accepted and the cart asks again.
 */
export async function acceptPrice(
  db: Kysely<DB>,
  buyer: BuyerScope,
  input: { listingId: string; priceFen: number },
): Promise<{ ok: true } | { ok: false; reason: "price-changed" }> {
  const changed = await db
    .updateTable("cart_items")
    .from("listings")
    .set({ seen_price_fen: input.priceFen })
    .whereRef("listings.id", "=", "cart_items.listing_id")
    .where("listings.id", "=", input.listingId)
    .where("listings.price_fen", "=", input.priceFen)
    .where(
      "cart_items.cart_id",
      "in",
      db.selectFrom("carts").select("id").where(isOwnedBy("carts", buyer)),
    )
    .returning(sql`1`.as("one"))
    .execute();
  return changed.length > 0 ? { ok: true } : { ok: false, reason: "price-changed" };
}
