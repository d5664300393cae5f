import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type OrderDifference = { kind: "sale-unpaid" | "order-differs"; orderId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * `sale-unpaid`: sales of orders that say they were never paid, or at another time, or of which no
 * payment is there but such as were put aside. `order-differs`: orders whose state does not follow
 * from their payment's, and from how far their parcels are (restored-status.ts; packing that began
 * stays so when what was begun is called off); or that are under way without a sale. Locks nothing.
 */
export async function differingOrders(trx: Transaction<DB>): Promise<OrderDifference[]> {
  const { rows } = await sql<OrderDifference>`
    with paid as (
      select y.order_id, min(y.status) as status from payments y
      left join ledger_transactions aside on aside.idempotency_key = 'suspense:' || y.id
      where aside.id is null group by 1
    ), goods as (
      select order_id, bool_and(status = 'cancelled') as is_off,
        bool_and(status in ('delivered', 'cancelled')) as is_there,
        bool_and(status in ('shipped', 'delivered', 'cancelled')) as is_sent,
        bool_or(status in ('accepted', 'packed', 'shipped', 'delivered')) as is_begun,
        bool_or(status = 'cancelled') as has_off
      from parcels group by 1
    )
    select "orderId", kind from (
      select o.id as "orderId", case
        when t.id is null then
          case when o.paid_at is null and paid.order_id is null
            and o.status not in ('pending-payment', 'expired', 'cancelled') then 'order-differs' end
        when paid.order_id is null or o.paid_at is distinct from t.occurred_at
          or o.status in ('pending-payment', 'expired') then 'sale-unpaid'
        when o.status <> case
          when paid.status in ('disputed', 'refunded') then paid.status
          when goods.is_off then 'cancelled'
          when paid.status = 'partly-refunded' then paid.status
          when goods.is_there and o.closed_at is not null then 'completed'
          when goods.is_there then 'delivered'
          when goods.is_sent then 'shipped'
          when goods.is_begun or goods.has_off and o.status = 'packing' then 'packing'
          else 'paid' end then 'order-differs' end as kind
      from orders o
      left join ledger_transactions t on t.idempotency_key = 'sale:' || o.id
      left join paid on paid.order_id = o.id
      left join goods on goods.order_id = o.id
    ) each where kind is not null order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows;
}
