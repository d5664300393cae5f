import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { BackReason } from "#app/domain/payouts/bounce-reasons.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** One payment to the household's bank: on its way, arrived, or sent back by the bank. */
export type OwnPayout = {
  id: string;
  runNumber: string;
  status: "prepared" | "paid" | "bounced";
  bounceReason: BackReason | null;
  fen: number;
  /** The bank has said that it is paid. */
  isArrived: boolean;
  /** When it was paid; while it is on its way, when it was prepared. */
  at: Date;
  bankName: string;
  /** The last four digits: enough to know one's own account by. */
  accountEnd: string;
};

export type OwnPayouts = { payouts: OwnPayout[]; olderBefore: string | null };

/**
 * The payouts of the household, newest first, `limit` a page, by key. Runs that were given up are
 * left out: nothing was ever sent. Anything but a payout's id as `before` is the newest page. Locks
 * nothing.
 */
export async function readOwnPayouts(
  db: Kysely<DB>,
  { householdId }: HouseholdScope,
  { limit, before }: { limit: number; before?: string },
): Promise<OwnPayouts> {
  const cursor = isUuid(before) ? before : null;
  const { rows } = await sql<OwnPayout>`
    select own.id, run.number as "runNumber", own.status, own.bounce_reason as "bounceReason",
      own.fen, own.bank_paid_at is not null as "isArrived", coalesce(run.confirmed_at, run.prepared_at) as at, own.bank_name as "bankName",
      right(own.bank_account_number, 4) as "accountEnd"
    from relief_accounts mine
    cross join lateral (
      select * from payouts o
      where o.relief_account_id = mine.id and o.status <> 'cancelled'
        and (${cursor}::uuid is null or o.id < ${cursor}::uuid)
      order by o.id desc limit ${limit + 1}) own
    join payout_runs run on run.id = own.payout_run_id
    where mine.household_id = ${householdId}
    order by own.id desc limit ${limit + 1}`.execute(db);
  const payouts = rows.slice(0, limit);
  return { payouts, olderBefore: rows.length > limit ? (payouts.at(-1)?.id ?? null) : null };
}
