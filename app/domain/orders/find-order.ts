import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { BuyerScope } from "../scopes.ts";
import { isOrderNumber } from "./order-number.ts";
import { ownsOrder } from "./read-basket.ts";

/**
 * The id of the buyer's own order by its number. Null when there is no such order for this buyer:
 * another buyer's number looks like none. One round trip, no locks.
 */
export async function findOrder(
  db: Kysely<DB>,
  buyer: BuyerScope,
  number: string,
): Promise<string | null> {
  if (!isOrderNumber(number)) return null;
  const row = await db
    .selectFrom("orders")
    .select("id")
    .where("number", "=", number)
    .where(ownsOrder(buyer))
    .executeTakeFirst();
  return row?.id ?? null;
}
