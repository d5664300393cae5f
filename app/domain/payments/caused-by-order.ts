import { type RawBuilder, sql } from "kysely";

/**
 * SQL: whether ledger transaction `t` was caused by an order, or by a refund or a dispute of it. One
 * list of causes, so that they are found by their index: told apart by `or`, PostgreSQL reads every
 * refund and every dispute of the market, and all postings for them.
 */
export const causedByOrder = (orderId: RawBuilder<unknown>) => sql<boolean>`(
  (t.cause_type, t.cause_id) in (
    select 'order', ${orderId}::uuid
    union all
    select 'refund', r.id from refunds r where r.order_id = ${orderId}
    union all
    select 'dispute', d.id from disputes d join payments y on y.id = d.payment_id
    where y.order_id = ${orderId}))`;
