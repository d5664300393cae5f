import { type Kysely, sql } from "kysely";
import { balanceOf } from "#app/domain/ledger/account-sums.ts";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

export type MarketState = {
  /** The ledger by account, the households' relief accounts as one line. */
  accounts: { account: string; accountCount: number; fen: number }[];
  /** Zero, or the books do not balance. */
  sumFen: number;
  orders: { status: string; count: number }[];
  /** Jobs that failed at least once: the task and how many, never what they were told. */
  failedJobs: { task: string; count: number; isGivenUp: boolean }[];
  /** Text messages that will not be tried again, by what they told; of the last day. */
  failedMessages: { template: string; count: number }[];
  /** Webhooks without effect so far; stuck ones have outlived several tries. */
  unprocessedEvents: { type: string; count: number; oldestAt: Date; isStuck: boolean }[];
  heartbeats: { name: string; beatAt: Date; isLate: boolean }[];
};

/** A process that has not been heard for so long is taken for dead; /health says the same. */
const LATE_AFTER = "20 seconds";
/** The sweeper queues an event without effect again every few minutes. */
const STUCK_AFTER = "15 minutes";

/**
 * How the market stands, for those who run it: totals and states only, nothing of any household
 * or buyer. The scope is proof that an operator asks. Locks nothing.
 */
export async function readMarketState(
  db: Kysely<DB>,
  _operator: OperatorScope,
): Promise<MarketState> {
  const [accounts, orders, failedJobs, failedMessages, events, heartbeats] = await Promise.all([
    sql<MarketState["accounts"][number]>`
      select case when a.code like 'relief:%' then 'relief:*' else a.code end as account,
        count(*) as "accountCount", sum(${balanceOf(sql`a.id`)}) as fen
      from ledger_accounts a
      group by 1 order by 1`.execute(db),
    sql<MarketState["orders"][number]>`
      select status, count(*) as count from orders group by status`.execute(db),
    sql<MarketState["failedJobs"][number]>`
      select task_identifier as task, count(*) as count, attempts >= max_attempts as "isGivenUp"
      from graphile_worker.jobs where last_error is not null
      group by 1, 3 order by 1, 3`.execute(db),
    sql<MarketState["failedMessages"][number]>`
      select template, count(*) as count from messages
      where state = 'failed' and ended_at > now() - interval '1 day'
      group by template order by count desc, template`.execute(db),
    sql<MarketState["unprocessedEvents"][number]>`
      select type, count(*) as count, min(created_at) as "oldestAt",
        min(created_at) < now() - ${STUCK_AFTER}::interval as "isStuck"
      from stripe_events where processed_at is null group by type order by type`.execute(db),
    sql<MarketState["heartbeats"][number]>`
      select name, beat_at as "beatAt", beat_at < now() - ${LATE_AFTER}::interval as "isLate"
      from heartbeats order by name`.execute(db),
  ]);
  return {
    accounts: accounts.rows,
    sumFen: accounts.rows.reduce((sum, account) => sum + account.fen, 0),
    orders: orders.rows,
    failedJobs: failedJobs.rows,
    failedMessages: failedMessages.rows,
    unprocessedEvents: events.rows,
    heartbeats: heartbeats.rows,
  };
}
