import { type Kysely, type RawBuilder, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { balanceOf } from "../ledger/account-sums.ts";
import type { CoopScope, OfficerScope } from "../scopes.ts";
import { neededFen, type ReserveTerms } from "./reserve-rule.ts";

/** How a cooperative's reserve stands, in fen. */
export type Reserve = ReserveTerms & {
  version: number;
  balanceFen: number;
  /** What it would hold, had the cooperative as much. */
  neededFen: number;
  /** Of orders that can still be claimed for, and of how many. */
  sharesFen: number;
  orders: number;
  /** What refunds took from households that had been paid. */
  overdrawnFen: number;
  /** What stands beside it as fees; below zero where they bear more than came in. */
  feeFen: number;
  /** When it was last counted anew; null before the first time. */
  countedAt: Date | null;
};

type Named = Reserve & { id: string; nameZh: string; nameEn: string };

const select = (which: RawBuilder<unknown>) => sql<Omit<Named, "neededFen">>`
  select c.id, c.name_zh as "nameZh", c.name_en as "nameEn", r.version,
    r.rate_basis_points as "rateBasisPoints", r.ceiling_fen as "ceilingFen",
    coalesce(newest.balance_fen, 0) as "balanceFen", coalesce(count.shares_fen, 0) as "sharesFen",
    coalesce(count.overdrawn_fen, 0) as "overdrawnFen", count.occurred_at as "countedAt", (
      select count(*)::int from reserve_shares s
      where s.cooperative_id = c.id and s.dropped_by is null) as orders,
    -coalesce(${balanceOf(sql`fee.id`)}, 0) as "feeFen"
  from reserves r join cooperatives c on c.id = r.cooperative_id
  left join ledger_accounts fee on fee.code = 'coop-fee:' || c.slug
  left join lateral (select m.before_fen + m.fen as balance_fen from reserve_moves m
    where m.cooperative_id = c.id order by m.number desc limit 1) newest on true
  left join lateral (select m.shares_fen, m.overdrawn_fen, m.occurred_at from reserve_moves m
    where m.cooperative_id = c.id and m.claim_id is null order by m.number desc limit 1) count on true
  where ${which} order by c.slug`;

const withNeed = <Row extends Omit<Reserve, "neededFen">>(row: Row) => ({
  ...row,
  neededFen: neededFen(row),
});

/** How the reserve of the scope's cooperative stands, of one moment. Locks nothing. */
export async function readReserve(db: Kysely<DB>, scope: CoopScope): Promise<Reserve> {
  const { rows } = await select(sql`c.id = ${scope.cooperativeId}`).execute(db);
  const [row] = rows;
  if (!row) throw new Error(`cooperative ${scope.cooperativeId} has no reserve`);
  return withNeed(row);
}

/** The reserves of the cooperatives of the officer's county. Locks nothing. */
export async function listReserves(db: Kysely<DB>, { regionCode }: OfficerScope): Promise<Named[]> {
  const { rows } = await select(sql`c.region_code like ${`${regionCode}%`}`).execute(db);
  return rows.map(withNeed);
}
