import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { ReserveTerms } from "./reserve-rule.ts";

export type LockedReserve = ReserveTerms & {
  cooperativeId: string;
  slug: string;
  version: number;
  /** How many times it was moved or counted. */
  moves: number;
  balanceFen: number;
  /** Up to which seq the ledger has been counted. */
  countedThrough: number;
};

/**
 * Locks a cooperative's reserve until the transaction ends, by its row, and reads how it stands; null for
 * an unknown cooperative. Whoever moves it holds this last of all locks: an order's and its claim's row
 * come before it, and nothing is waited for after it.
 */
export async function lockReserve(
  trx: DbTransaction<DB>,
  cooperativeId: string,
): Promise<LockedReserve | null> {
  await sql`select from reserves where cooperative_id = ${cooperativeId} for no key update`.execute(
    trx,
  );
  // Asked after the lock: what somebody else has moved meanwhile is seen.
  const { rows } = await sql<LockedReserve>`
    select r.cooperative_id as "cooperativeId", c.slug, r.version, r.ceiling_fen as "ceilingFen",
      r.rate_basis_points as "rateBasisPoints", coalesce(newest.number, 0) as moves,
      coalesce(newest.balance_fen, 0) as "balanceFen", coalesce((
        select max(m.through_seq) from reserve_moves m where m.cooperative_id = r.cooperative_id),
        r.since_seq) as "countedThrough"
    from reserves r join cooperatives c on c.id = r.cooperative_id
    left join lateral (select m.number, m.before_fen + m.fen as balance_fen from reserve_moves m
      where m.cooperative_id = r.cooperative_id order by m.number desc limit 1) newest on true
    where r.cooperative_id = ${cooperativeId}`.execute(trx);
  return rows[0] ?? null;
}
