import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { isInWindow } from "../cycles/window.ts";
import { isOrderNumber } from "../orders/order-number.ts";
import { ownsOrder } from "../orders/read-basket.ts";
import type { BuyerScope } from "../scopes.ts";

/** A line of an order as it was, and as it can be had now. Fen per sale unit. */
export type AgainLine = {
  listingId: string;
  titleZh: string;
  titleEn: string;
  ordered: number;
  /** What one order may take of what is left; 0: it is gone. */
  available: number;
  paidFen: number;
  nowFen: number;
  what: "gone" | "fewer" | "dearer" | "cheaper" | "same";
};

type Row = Omit<AgainLine, "what">;

function whatOf({ available, ordered, nowFen, paidFen }: Row): AgainLine["what"] {
  if (available === 0) return "gone";
  if (available < ordered) return "fewer";
  if (nowFen > paidFen) return "dearer";
  return nowFen < paidFen ? "cheaper" : "same";
}

/**
 * Line by line what has become of what the buyer ordered: whether it can still be had, how much of
 * it, at which price. Empty for what is no order of hers. Locks nothing.
 */
export async function readAgain(
  db: Kysely<DB>,
  buyer: BuyerScope,
  number: string,
): Promise<AgainLine[]> {
  if (!isOrderNumber(number)) return [];
  const { rows } = await sql<Row>`
    select l.listing_id as "listingId", l.title_zh as "titleZh", l.title_en as "titleEn",
      sum(l.quantity)::int as ordered, l.unit_price_fen as "paidFen", now.price_fen as "nowFen",
      case when now.status = 'published' and ${isInWindow("now", new Date())} then least(now.most_per_order,
        (select coalesce(sum(t.available), 0)::int from lots t where t.listing_id = now.id))
        else 0 end as available
    from orders
    join order_lines l on l.order_id = orders.id
    join listings now on now.id = l.listing_id
    where orders.number = ${number} and ${ownsOrder(buyer)}
      -- What replaced something she did not order.
      and l.substitution_id is null
    -- What is sent in parts has a line for each.
    group by l.listing_id, l.title_zh, l.title_en, l.unit_price_fen, now.id
    order by min(l.id::text)`.execute(db);
  return rows.map((row) => ({ ...row, what: whatOf(row) }));
}
