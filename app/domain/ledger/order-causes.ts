import { type RawBuilder, sql } from "kysely";
import { ownsOrder } from "../orders/read-basket.ts";
import type { BuyerScope } from "../scopes.ts";

/**
 * SQL: what of the buyer's own order the ledger has entries of, as (order_id, cause_type, cause_id):
 * the order itself, its refunds, its claims and what banks disputed of it. Nothing of an order that is
 * not hers.
 */
export function orderCauses(buyer: BuyerScope, number: string): RawBuilder<unknown> {
  const mine = sql`select orders.id from orders
    where orders.number = ${number} and ${ownsOrder(buyer)}`;
  return sql`(
    with mine as (${mine})
    select id as order_id, 'order' as cause_type, id as cause_id from mine
    union all select mine.id, 'refund', r.id from mine join refunds r on r.order_id = mine.id
    union all select mine.id, 'claim', c.id from mine join claims c on c.order_id = mine.id
    union all select mine.id, 'dispute', d.id from mine join payments y on y.order_id = mine.id
      join disputes d on d.payment_id = y.id)`;
}
