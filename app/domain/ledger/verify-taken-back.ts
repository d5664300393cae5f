import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { RunDifference } from "./verify-runs.ts";

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Runs that were taken back (approve-reversal.ts) otherwise than they say: not by two persons, not noted
 * by each of them, not the sum or the number of payouts that went back in that moment; that left
 * one that the bank had not paid, or took back one that it had; and runs of which a payout went back for
 * this reason though nobody took them back. Locks nothing.
 */
export async function differingTakenBack(trx: Transaction<DB>): Promise<RunDifference[]> {
  const { rows } = await sql<{ runId: string }>`
    with back as (
      select o.payout_run_id as run_id, t.occurred_at as at, sum(o.fen) as fen, count(*) as count,
        bool_or(o.bank_paid_at is not null) as was_paid
      from payouts o left join ledger_transactions t on t.idempotency_key = 'payout-bounce:' || o.id
      where o.bounce_reason = 'run-reversed' group by 1, 2
    ), approved as (
      select v.*, run.status as run_status, run.confirmed_at from payout_reversals v
      left join payout_runs run on run.id = v.payout_run_id where v.status = 'approved'
    )
    select coalesce(a.payout_run_id, back.run_id) as "runId" from approved a
    full join back on back.run_id = a.payout_run_id and back.at = a.ended_at
    where a.id is null or back.run_id is null or a.fen is distinct from back.fen
      or a.payout_count is distinct from back.count
      or back.was_paid or a.ended_by_user_id = a.asked_by_user_id
      or a.run_status is distinct from 'confirmed' or a.ended_at < a.confirmed_at
      or not exists (select from audit_log noted where noted.subject_type = 'payout-run'
        and noted.subject_id = a.payout_run_id and noted.action = 'payout-run.reversed'
        and noted.actor_user_id = a.ended_by_user_id
        and noted.after ->> 'reversalId' = a.id::text)
      or exists (select from payouts o where o.payout_run_id = a.payout_run_id
        and o.status = 'paid' and (o.bank_paid_at is null or o.bank_paid_at > a.ended_at))
    union
    select noted.subject_id from audit_log noted
    where noted.subject_type = 'payout-run' and noted.action = 'payout-run.reversed'
      and not exists (select from approved a where a.payout_run_id = noted.subject_id
        and a.id::text = noted.after ->> 'reversalId')
    union
    select v.payout_run_id from payout_reversals v
    left join payout_runs run on run.id = v.payout_run_id
    where run.status is distinct from 'confirmed' or v.asked_at < run.confirmed_at
      or not exists (select from audit_log noted where noted.subject_type = 'payout-run'
        and noted.subject_id = v.payout_run_id and noted.action = 'payout-run.reversal-asked'
        and noted.actor_user_id = v.asked_by_user_id
        and noted.after ->> 'reversalId' = v.id::text)
    order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "run-differs", ...row }));
}
