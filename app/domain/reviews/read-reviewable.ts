import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { isOrderNumber } from "../orders/order-number.ts";
import { ownsOrder } from "../orders/read-basket.ts";
import type { BuyerScope } from "../scopes.ts";
import { IS_REVIEWED } from "./reviewed-line.ts";

export type DeliveredLine = {
  orderNumber: string;
  lineId: string;
  titleZh: string;
  titleEn: string;
  /** What the buyer gave it; null while she has not said. */
  stars: number | null;
};

/**
 * The lines of these orders of the buyer's that have come, with what she gave each. Another
 * buyer's number counts as none. Locks nothing.
 */
export async function readDeliveredLines(
  db: Kysely<DB>,
  buyer: BuyerScope,
  numbers: readonly string[],
): Promise<DeliveredLine[]> {
  const known = numbers.filter(isOrderNumber);
  if (known.length === 0) return [];
  const { rows } = await sql<DeliveredLine>`
    select orders.number as "orderNumber", l.id as "lineId", l.title_zh as "titleZh",
      l.title_en as "titleEn", r.stars
    from orders join order_lines l on l.order_id = orders.id
    join parcels p on p.id = l.parcel_id and p.status = 'delivered'
    left join reviews r on r.order_line_id = l.id
    where ${IS_REVIEWED} and orders.number = any(${known}::text[]) and ${ownsOrder(buyer)}
    order by orders.number, l.id`.execute(db);
  return rows;
}
