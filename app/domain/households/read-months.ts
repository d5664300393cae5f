import { type Kysely, sql } from "kysely";
import { monthSumsOf } from "#app/domain/ledger/month-sums.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** "2026-11" in Shanghai's time; earned is what sales brought, less what was taken back, in fen. */
export type OwnMonth = { month: string; earnedFen: number; paidFen: number };

/**
 * What the household earned and was paid month by month, newest first: the last twelve months that
 * have any, by the same sums of the ledger as the officer's. Locks nothing.
 */
export async function readOwnMonths(
  db: Kysely<DB>,
  { householdId }: HouseholdScope,
): Promise<OwnMonth[]> {
  const accounts = sql`
    select ledger_account_id as id from relief_accounts where household_id = ${householdId}`;
  const { rows } = await sql<OwnMonth>`
    select to_char(month, 'YYYY-MM') as month, payout_fen - balance_fen as "earnedFen",
      payout_fen as "paidFen"
    from ${monthSumsOf(accounts)} sums
    order by month desc limit 12`.execute(db);
  return rows;
}
