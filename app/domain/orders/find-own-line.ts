import type { Kysely } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import type { BuyerScope, OwnLineScope } from "../scopes.ts";
import { isOrderNumber } from "./order-number.ts";
import { ownsOrder } from "./read-basket.ts";

/**
 * The right to speak of one line of the buyer's own order. Null when this buyer has no such order, or
 * it no such line: another buyer's looks like none. One round trip, no locks.
 */
export async function findOwnLine(
  db: Kysely<DB>,
  buyer: BuyerScope,
  { number, lineId }: { number: string; lineId: string },
): Promise<OwnLineScope | null> {
  if (!isOrderNumber(number) || !isUuid(lineId)) return null;
  const row = await db
    .selectFrom("order_lines as l")
    .innerJoin("orders", "orders.id", "l.order_id")
    .select("l.id")
    .where("l.id", "=", lineId)
    .where("orders.number", "=", number)
    .where(ownsOrder(buyer))
    .executeTakeFirst();
  return row ? ({ userId: buyer.userId, orderLineId: row.id } as OwnLineScope) : null;
}
