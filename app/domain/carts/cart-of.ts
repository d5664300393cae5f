import { sql } from "kysely";
import type { BuyerScope } from "#app/domain/scopes.ts";

/** Who a cart belongs to: the signed-in user, else this browser. */
export function cartOwner(buyer: BuyerScope) {
  return buyer.userId === null
    ? { user_id: null, visitor_id: buyer.visitorId }
    : { user_id: buyer.userId, visitor_id: null };
}

/** The condition that finds the buyer's cart in a statement whose table is named `carts`. */
export function isCartOf(buyer: BuyerScope) {
  return buyer.userId === null
    ? sql<boolean>`carts.visitor_id = ${buyer.visitorId}`
    : sql<boolean>`carts.user_id = ${buyer.userId}`;
}
