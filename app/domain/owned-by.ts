import { type RawBuilder, sql } from "kysely";
import type { BuyerScope } from "./scopes.ts";

/** Whose a cart or an address is, as its row says it: the signed-in user's, else this browser's. */
export function ownerOf(buyer: BuyerScope) {
  return buyer.userId === null
    ? { user_id: null, visitor_id: buyer.visitorId }
    : { user_id: buyer.userId, visitor_id: null };
}

/** The condition that finds the buyer's own rows in a statement that names the table so. */
export function isOwnedBy(table: "carts" | "addresses", buyer: BuyerScope): RawBuilder<boolean> {
  return buyer.userId === null
    ? sql<boolean>`${sql.ref(`${table}.visitor_id`)} = ${buyer.visitorId}`
    : sql<boolean>`${sql.ref(`${table}.user_id`)} = ${buyer.userId}`;
}
