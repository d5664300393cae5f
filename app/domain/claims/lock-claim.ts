import { type Transaction as DbTransaction, type RawBuilder, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { isOrderNumber } from "../orders/order-number.ts";
import { ownsOrder } from "../orders/read-basket.ts";
import type { BuyerScope, CoopScope, OperatorScope } from "../scopes.ts";
import type { Fault } from "./claim-rules.ts";
import type { ClaimState } from "./claim-states.ts";

export type LockedClaim = {
  id: string;
  orderId: string;
  orderNumber: string;
  parcelId: string;
  cooperativeId: string;
  slug: string;
  state: ClaimState;
  askedFen: number;
  grantedFen: number | null;
  fault: Fault | null;
  reason: string;
  dueAt: Date | null;
  lines: { orderLineId: string; askedFen: number }[];
};

/** Whose claim it has to be: nobody's of these sees another's. */
export type ClaimSide =
  | { buyer: BuyerScope; number: string }
  | { coop: CoopScope }
  | { operator: OperatorScope }
  /** The market itself, when a deadline has come. */
  | "market";

/** SQL: that the claim `c` of the order `orders` is one of this side's. */
export function isOfSide(side: ClaimSide): RawBuilder<boolean> {
  if (side === "market") return sql<boolean>`true`;
  if ("operator" in side) {
    return sql<boolean>`exists (select from claim_events x
      where x.claim_id = c.id and x.state = 'escalated')`;
  }
  if ("coop" in side) return sql<boolean>`c.cooperative_id = ${side.coop.cooperativeId}`;
  // What can be no number may be nothing that PostgreSQL can read either.
  if (!isOrderNumber(side.number)) return sql<boolean>`false`;
  return sql<boolean>`(${ownsOrder(side.buyer)} and orders.number = ${side.number})`;
}

/**
 * Locks a claim of this side's for a step: the order's row first, as all that moves its money does,
 * then the claim's. Null when there is none, or it is another's.
 */
export async function lockClaim(
  trx: DbTransaction<DB>,
  side: ClaimSide,
  claimId: string,
): Promise<LockedClaim | null> {
  if (!isUuid(claimId)) return null;
  const { rows: found } = await sql<{ orderId: string }>`
    select c.order_id as "orderId" from claims c join orders on orders.id = c.order_id
    where c.id = ${claimId} and ${isOfSide(side)}`.execute(trx);
  if (!found[0] || !(await lockOrder(trx, found[0].orderId))) return null;
  const { rows } = await sql<LockedClaim>`
    select c.id, c.order_id as "orderId", o.number as "orderNumber", c.parcel_id as "parcelId",
      c.cooperative_id as "cooperativeId", coop.slug, c.state, c.asked_fen as "askedFen",
      c.granted_fen as "grantedFen", c.fault, c.reason, c.due_at as "dueAt", (
        select jsonb_agg(jsonb_build_object('orderLineId', l.order_line_id, 'askedFen', l.asked_fen)
          order by l.order_line_id)
        from claim_lines l where l.claim_id = c.id) as lines
    from claims c join orders o on o.id = c.order_id
    join cooperatives coop on coop.id = c.cooperative_id
    where c.id = ${claimId} for update of c`.execute(trx);
  return rows[0] ?? null;
}
