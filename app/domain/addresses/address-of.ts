import { sql } from "kysely";
import type { BuyerScope } from "#app/domain/scopes.ts";

/** Who an address belongs to: the signed-in user, else this browser. */
export function addressOwner(buyer: BuyerScope) {
  return buyer.userId === null ? { visitor_id: buyer.visitorId } : { user_id: buyer.userId };
}

/** The condition that finds the buyer's own addresses. */
export function isAddressOf(buyer: BuyerScope) {
  return buyer.userId === null
    ? sql<boolean>`addresses.visitor_id = ${buyer.visitorId}`
    : sql<boolean>`addresses.user_id = ${buyer.userId}`;
}
