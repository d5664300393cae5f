import { type Kysely, type RawBuilder, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { monthSumsOf } from "./month-sums.ts";

/** "2026-11" in Shanghai's time; earned is what sales brought, less what was taken back, in fen. */
export type MonthTotal = { month: string; earnedFen: number; paidFen: number };

/**
 * What came in on accounts of households and was paid out, month by month, newest first: the last
 * twelve months that have any. `accounts` is a query of ledger accounts' ids, named `id`. Locks
 * nothing.
 */
export async function readLastMonths(
  db: Kysely<DB>,
  accounts: RawBuilder<unknown>,
): Promise<MonthTotal[]> {
  const { rows } = await sql<MonthTotal>`
    select to_char(month, 'YYYY-MM') as month, payout_fen - balance_fen as "earnedFen",
      payout_fen as "paidFen"
    from ${monthSumsOf(accounts)} sums
    order by month desc limit 12`.execute(db);
  return rows;
}
