import { type Kysely, sql } from "kysely";
import { monthSumsOf } from "#app/domain/ledger/month-sums.ts";
import type { OfficerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** "2026-11" in Shanghai's time, with what was earned (refunds taken off) and paid out, in fen. */
export type MonthTotal = { month: string; earnedFen: number; paidFen: number };

/**
 * What the households of the officer's county earned and were paid month by month, newest first,
 * the last twelve months that have any; of one relief account when its code is given. Locks
 * nothing.
 */
export async function readMonthTotals(
  db: Kysely<DB>,
  scope: OfficerScope,
  code: string | null = null,
): Promise<MonthTotal[]> {
  const accounts = sql`
    select relief.ledger_account_id as id from households home
    join relief_accounts relief on relief.household_id = home.id
    where home.region_code like ${`${scope.regionCode}%`}
      and (${code}::text is null or relief.code = ${code})`;
  const { rows } = await sql<MonthTotal>`
    select to_char(month, 'YYYY-MM') as month, payout_fen - balance_fen as "earnedFen",
      payout_fen as "paidFen"
    from ${monthSumsOf(accounts)} sums
    order by month desc limit 12`.execute(db);
  return rows;
}
