import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { CoopScope } from "../scopes.ts";
import type { Period } from "./period.ts";
import { sumsIn } from "./sums.ts";

/** One household; fen that went to its bank, that came back from it, and what is left of them. */
export type PaidOutRow = {
  householdId: string;
  headName: string;
  villageZh: string;
  villageEn: string;
  paidFen: number;
  bouncedFen: number;
  netFen: number;
};

/**
 * What the scope's cooperative paid out in some days, by household, the one with the most first. To the
 * fen what the ledger holds: paid on the day a run was approved, returned on the day it came back.
 * Locks nothing.
 */
export async function readPaidOut(
  db: Kysely<DB>,
  scope: CoopScope,
  period: Period,
): Promise<PaidOutRow[]> {
  const of = (kind: string) => sql`coalesce(sum(-fen) filter (where kind = ${kind}), 0)::bigint`;
  const { rows } = await sql<PaidOutRow>`
    select home.id as "householdId", home.head_name as "headName", home.village_zh as "villageZh",
      home.village_en as "villageEn", sums.paid as "paidFen", sums.bounced as "bouncedFen",
      sums.paid + sums.bounced as "netFen"
    from (
      select household_id, ${of("payout")} as paid, ${of("payout-bounce")} as bounced
      from ${sumsIn(scope, period)} s
      where part = 'relief' and kind in ('payout', 'payout-bounce') group by household_id
    ) sums
    join households home on home.id = sums.household_id
    order by sums.paid + sums.bounced desc, home.id`.execute(db);
  return rows;
}
