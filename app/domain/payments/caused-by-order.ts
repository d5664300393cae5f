import { type RawBuilder, sql } from "kysely";

/** SQL: whether ledger transaction `t` was caused by an order, or by a refund or a dispute of it. */
export const causedByOrder = (orderId: RawBuilder<unknown>) => sql<boolean>`(
  t.cause_type = 'order' and t.cause_id = ${orderId}
  or t.cause_type = 'refund' and t.cause_id in (select r.id from refunds r
    where r.order_id = ${orderId})
  or t.cause_type = 'dispute' and t.cause_id in (select d.id from disputes d
    join payments y on y.id = d.payment_id where y.order_id = ${orderId}))`;
