import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { MadeListing } from "./produce.ts";
import { buyerScope } from "./scopes.ts";

/** Someone with a phone: signed in when a user id is given. */
export function makeBuyer(userId: string | null = null): BuyerScope {
  return buyerScope({ userId, visitorId: uuidv7() });
}

/** Puts listings into the buyer's cart at the price they have now. */
export async function fillCart(
  db: Kysely<DB>,
  buyer: BuyerScope,
  items: { listing: MadeListing; quantity: number }[],
): Promise<void> {
  const owner = buyer.userId === null ? { visitor_id: buyer.visitorId } : { user_id: buyer.userId };
  const cartId = uuidv7();
  await db
    .insertInto("carts")
    .values({ id: cartId, ...owner })
    .execute();
  for (const { listing, quantity } of items) {
    await db
      .insertInto("cart_items")
      .values({
        cart_id: cartId,
        listing_id: listing.id,
        quantity,
        seen_price_fen: listing.priceFen,
      })
      .execute();
  }
}
