import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type RunDifference = { kind: "run-differs"; runId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Payout runs that do not come to their payouts, in number and in fen, or that say otherwise than
 * they whether the bank has paid, or when; payouts whose run, or relief account, is gone too. Locks nothing.
 */
export async function differingRuns(trx: Transaction<DB>): Promise<RunDifference[]> {
  const { rows } = await sql<{ runId: string }>`
    with payout as (
      select o.payout_run_id as id, sum(o.fen) as fen, count(*) as count,
        min(case when o.status in ('paid', 'bounced') then 'confirmed' else o.status end) as first,
        max(case when o.status in ('paid', 'bounced') then 'confirmed' else o.status end) as last,
        min(t.occurred_at) as since, max(t.occurred_at) as until, bool_or(a.id is null) as is_lost
      from payouts o left join ledger_transactions t on t.idempotency_key = 'payout:' || o.id
      left join relief_accounts a on a.id = o.relief_account_id
      group by 1
    )
    select coalesce(r.id, p.id) as "runId" from payout_runs r full join payout p on p.id = r.id
    left join cooperatives c on c.id = r.cooperative_id
    where r.id is null or p.id is null or c.id is null
      or r.total_fen <> p.fen or r.payout_count <> p.count
      or r.status <> p.first or r.status <> p.last
      or p.is_lost or (r.status = 'confirmed') <> (r.confirmed_at is not null)
      or r.confirmed_at <> p.since or r.confirmed_at <> p.until
    order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "run-differs", ...row }));
}
