import { type RawBuilder, sql } from "kysely";
import { CLAIM_WITHIN_HOURS, ON_ITS_WAY_HOURS } from "../claims/claim-rules.ts";
import { saidByCooperative } from "../parcels/said-by-cooperative.ts";
import { GRACE_HOURS } from "./reserve-rule.ts";

/**
 * SQL: whether by a moment nothing of what one cooperative sold in an order can be claimed for any more:
 * each of its parcels was called off, or came so long before that the buyer's hours are over (as claim-rules.ts
 * counts them).
 */
export function isPast(of: {
  orderId: RawBuilder<unknown>;
  cooperativeId: RawBuilder<unknown>;
  moment: RawBuilder<unknown>;
}): RawBuilder<boolean> {
  const hours = (count: number) => sql`make_interval(hours => ${sql.lit(count)})`;
  return sql<boolean>`not exists (
    select from parcels p join orders on orders.id = p.order_id
    left join parcel_events come on come.parcel_id = p.id and come.kind = 'delivered'
    left join parcel_events went on went.parcel_id = p.id and went.kind = 'shipped'
    where p.order_id = ${of.orderId} and p.cooperative_id = ${of.cooperativeId}
      and p.status <> 'cancelled' and (p.status <> 'delivered' or come.id is null
        or greatest(come.occurred_at, case when ${saidByCooperative("come")}
          then went.occurred_at + ${hours(ON_ITS_WAY_HOURS)} end)
          + ${hours(CLAIM_WITHIN_HOURS + GRACE_HOURS)} > ${of.moment}))`;
}

/** SQL: a claim `c` that has still to be decided, of an order's goods of one cooperative. */
export function hasOpenClaim(orderId: RawBuilder<unknown>, cooperativeId: RawBuilder<unknown>) {
  return sql<boolean>`exists (select from claims c where c.order_id = ${orderId}
    and c.cooperative_id = ${cooperativeId} and c.state not in ('settled', 'closed'))`;
}
