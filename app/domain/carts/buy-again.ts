import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { findOrder } from "../orders/find-order.ts";
import { ownerOf } from "../owned-by.ts";
import type { BuyerScope } from "../scopes.ts";
import { readStock } from "./read-stock.ts";

/**
 * Puts the lines of the buyer's own order into her cart once more, as far as they can be had, at the
 * prices of now. At least as many of each lie there afterwards as were ordered, or as are left; what
 * lies there already counts, so that the form sent twice puts nothing in twice. What became of each
 * line read-again.ts tells.
 *
 * Fails with "order-not-found" (also for another buyer's). Nothing is held. Locks the cart, then its
 * items by listing.
 */
export async function buyAgain(
  db: Kysely<DB>,
  buyer: BuyerScope,
  number: string,
): Promise<{ ok: true } | { ok: false; reason: "order-not-found" }> {
  return db.transaction().execute(async (trx) => {
    const orderId = await findOrder(trx, buyer, number);
    if (!orderId) return { ok: false, reason: "order-not-found" };
    const lines = await trx
      .selectFrom("order_lines")
      // What is sent in parts has a line for each.
      .select(["listing_id as listingId", (eb) => eb.fn.sum<number>("quantity").as("quantity")])
      .where("order_id", "=", orderId)
      // What replaced something she did not order.
      .where("substitution_id", "is", null)
      .groupBy("listing_id")
      .orderBy("listing_id")
      .execute();
    const cart = await trx
      .insertInto("carts")
      .values({ id: uuidv7(), ...ownerOf(buyer) })
      // The row is touched so that it is returned and locked: additions to one cart take turns.
      .onConflict((conflict) =>
        conflict
          .column(buyer.userId === null ? "visitor_id" : "user_id")
          .doUpdateSet({ updated_at: sql`now()` }),
      )
      .returning("id")
      .executeTakeFirstOrThrow();
    const items = await trx
      .selectFrom("cart_items")
      .select(["listing_id", "quantity"])
      .where("cart_id", "=", cart.id)
      .orderBy("listing_id")
      .forUpdate()
      .execute();
    const inCart = new Map(items.map((item) => [item.listing_id, item.quantity]));
    for (const { listingId, quantity: ordered } of lines) {
      const stock = await readStock(trx, listingId);
      const free = stock?.isOnSale ? Math.min(stock.available, stock.most ?? stock.available) : 0;
      const quantity = Math.min(ordered, free);
      if (!stock || quantity <= (inCart.get(listingId) ?? 0)) continue;
      const seen_price_fen = stock.priceFen;
      await trx
        .insertInto("cart_items")
        .values({ cart_id: cart.id, listing_id: listingId, quantity, seen_price_fen })
        .onConflict((conflict) =>
          conflict.columns(["cart_id", "listing_id"]).doUpdateSet({ quantity, seen_price_fen }),
        )
        .execute();
    }
    return { ok: true };
  });
}
