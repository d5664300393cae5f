import { type Kysely, sql } from "kysely";
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
  const { rows } = await sql<MonthTotal>`
    select to_char(t.occurred_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
      coalesce(-sum(p.fen) filter (where t.kind not in ('payout', 'payout-bounce')), 0)
        as "earnedFen",
      coalesce(sum(p.fen) filter (where t.kind in ('payout', 'payout-bounce')), 0) as "paidFen"
    from households home
    join relief_accounts relief on relief.household_id = home.id
    join postings p on p.account_id = relief.ledger_account_id
    join ledger_transactions t on t.id = p.transaction_id
    where home.region_code like ${`${scope.regionCode}%`}
      and (${code}::text is null or relief.code = ${code})
    group by month
    order by month desc
    limit 12`.execute(db);
  return rows;
}
