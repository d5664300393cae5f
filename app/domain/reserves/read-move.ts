import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import type { CoopScope } from "../scopes.ts";

/** So many orders are named: what is beyond is counted. */
const MOST_NAMED = 200;

export type MoveOrder = { number: string; parcelId: string; fen: number };

export type ReserveMove = {
  id: string;
  beforeFen: number;
  /** Into the reserve above zero, out of it below. */
  fen: number;
  occurredAt: Date;
  claimId: string | null;
  claimNumber: string | null;
  /** What was counted; null of what a claim has drawn. */
  counted: {
    throughSeq: number;
    rateBasisPoints: number;
    ceilingFen: number;
    sharesFen: number;
    overdrawnFen: number;
    ownFen: number;
    added: { count: number; fen: number; orders: MoveOrder[] };
    dropped: { count: number; fen: number; orders: MoveOrder[] };
  } | null;
};

/** SQL: the orders that a move names in a column of theirs, with the cooperative's own parcel of each. */
const ordersOf = (column: "added_by" | "dropped_by") => sql`(
  select jsonb_build_object('count', count(*), 'fen', coalesce(sum(fen), 0), 'orders',
    coalesce(jsonb_agg(jsonb_build_object('number', number, 'parcelId', parcel_id, 'fen', fen)
      order by place) filter (where place <= ${sql.lit(MOST_NAMED)}), '[]'))
  from (select s.fen, o.number, row_number() over (order by o.id) as place, (
      select p.id from parcels p where p.order_id = o.id and p.cooperative_id = s.cooperative_id
      order by p.carries_freight desc, p.part limit 1) as parcel_id
    from reserve_shares s join orders o on o.id = s.order_id
    where s.${sql.ref(column)} = m.id) each)`;

/**
 * One move of the reserve of the scope's cooperative: what a claim has drawn, or what was counted and for
 * which orders. Null where it is unknown or another's. Locks nothing.
 */
export async function readMove(
  db: Kysely<DB>,
  scope: CoopScope,
  moveId: string,
): Promise<ReserveMove | null> {
  if (!isUuid(moveId)) return null;
  const { rows } = await sql<ReserveMove>`
    select m.id, m.before_fen as "beforeFen", m.fen, m.occurred_at as "occurredAt",
      m.claim_id as "claimId", (select o.number from claims c join orders o on o.id = c.order_id
        where c.id = m.claim_id) as "claimNumber",
      case when m.claim_id is null then jsonb_build_object('throughSeq', m.through_seq,
        'rateBasisPoints', m.rate_basis_points, 'ceilingFen', m.ceiling_fen,
        'sharesFen', m.shares_fen, 'overdrawnFen', m.overdrawn_fen, 'ownFen', m.own_fen,
        'added', ${ordersOf("added_by")}, 'dropped', ${ordersOf("dropped_by")}) end as counted
    from reserve_moves m
    where m.id = ${moveId} and m.cooperative_id = ${scope.cooperativeId}`.execute(db);
  return rows[0] ?? null;
}
