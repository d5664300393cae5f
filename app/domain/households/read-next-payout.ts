import { type Kysely, sql } from "kysely";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { hasBankDetails } from "#app/domain/payouts/bank-details.ts";
import { nextPayoutDay } from "#app/domain/payouts/payout-day-rule.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

export type NextPayout = {
  /** "2026-11-27": about when; the cooperative's manager makes the run by hand. */
  day: string;
  /** Without an account to pay to, a run leaves the household out. */
  hasBankDetails: boolean;
};

/**
 * When the household's cooperative is expected to pay out next: its day of the week, by Shanghai's
 * clock, and a week later when it has confirmed a run today. Locks nothing.
 */
export async function readNextPayout(
  db: Kysely<DB>,
  { householdId }: HouseholdScope,
  now: Date = new Date(),
): Promise<NextPayout> {
  const { rows } = await sql<{
    weekday: number;
    hasBankDetails: boolean;
    lastPaidAt: Date | null;
  }>`
    select c.payout_weekday as weekday,
      ${hasBankDetails("h")} as "hasBankDetails",
      (select confirmed_at from payout_runs run
        where run.cooperative_id = c.id and run.status = 'confirmed'
          and not exists (select from payout_reversals back
            where back.payout_run_id = run.id and back.status = 'approved')
        order by run.id desc limit 1) as "lastPaidAt"
    from households h join cooperatives c on c.id = h.cooperative_id
    where h.id = ${householdId}`.execute(db);
  const found = rows[0];
  if (!found) throw new Error("a household in scope has a row");
  const today = shanghaiDay(now);
  const paidOn = found.lastPaidAt && shanghaiDay(found.lastPaidAt);
  return {
    day: nextPayoutDay(today, found.weekday, paidOn === today),
    hasBankDetails: found.hasBankDetails,
  };
}
