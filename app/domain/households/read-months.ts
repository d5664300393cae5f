import { type Kysely, sql } from "kysely";
import { type MonthTotal, readLastMonths } from "#app/domain/ledger/last-months.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/**
 * What the household earned and was paid month by month, newest first: the last twelve months that
 * have any, by the same sums of the ledger as the officer's. Locks nothing.
 */
export function readOwnMonths(
  db: Kysely<DB>,
  { householdId }: HouseholdScope,
): Promise<MonthTotal[]> {
  return readLastMonths(
    db,
    sql`select ledger_account_id as id from relief_accounts where household_id = ${householdId}`,
  );
}
