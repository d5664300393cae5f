import { type Kysely, sql } from "kysely";
import { type MonthTotal, readLastMonths } from "#app/domain/ledger/last-months.ts";
import type { OfficerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/**
 * What the households of the officer's county earned and were paid month by month, newest first,
 * the last twelve months that have any; of one relief account when its code is given. Locks
 * nothing.
 */
export function readMonthTotals(
  db: Kysely<DB>,
  scope: OfficerScope,
  code: string | null = null,
): Promise<MonthTotal[]> {
  return readLastMonths(
    db,
    sql`
    select relief.ledger_account_id as id from households home
    join relief_accounts relief on relief.household_id = home.id
    where home.region_code like ${`${scope.regionCode}%`}
      and (${code}::text is null or relief.code = ${code})`,
  );
}
