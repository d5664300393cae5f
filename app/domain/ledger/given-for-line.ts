import { type RawBuilder, sql } from "kysely";

/** SQL: what the refunds that `refunds` selects give, and of how many lines. */
export const givenBy = (refunds: RawBuilder<unknown>) => sql`
  select refund_id, sum(fen) as fen, count(distinct order_line_id) as lines,
    min(order_line_id::text) as line, bool_or(order_line_id is null) as is_freight
  from refund_parts where refund_id in (${refunds}) group by 1`;

/** SQL over a refund `r` and what it is `given` as: its parts are not all of it, or not of this line alone. */
export const givesOtherwise = (
  orderLineId: RawBuilder<unknown>,
): RawBuilder<boolean> => sql<boolean>`(
  given.fen is distinct from r.fen or given.lines <> 1 or given.is_freight
  or given.line <> ${orderLineId}::text)`;

/** SQL over a refund `r` of what is said of a box: it was not asked for under its own name. */
export const askedOtherwise = (what: "short" | "light", said: string): RawBuilder<boolean> =>
  sql<boolean>`(r.idempotency_key is distinct from 'refund:' || r.payment_id || ${`:${what}:`}
    || ${sql.ref(`${said}.parcel_id`)} || ':' || ${sql.ref(`${said}.client_key`)})`;

/** SQL: the parcel of each refund under such a name that no row of `table` has. */
export const askedByNobody = (
  what: "short" | "light",
  table: "line_shortages" | "line_weights",
) => sql`
  select split_part(r.idempotency_key, ':', 4) from refunds r
  left join ${sql.table(table)} s on s.refund_id = r.id
  where r.idempotency_key ~ ${`^refund:[^:]+:${what}:`} and s.id is null`;
