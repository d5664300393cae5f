import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { balanceOf } from "./account-sums.ts";

export type BeyondDifference = { kind: "payout-beyond"; payoutId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Payouts of more than their account had when they were posted: at all, or, where the run was confirmed
 * although a balance had fallen (confirm-run.ts), ever before; refunds of the last minute apart, which
 * the run may not have seen yet. And payouts by a cooperative whose the household is not, in whose name
 * it never sold, and whose manager did not prepare just this one (prepare-run.ts): whose a household was
 * at the time no other row tells. Of runs prepared before payouts were noted one by one it is enough
 * that the run is noted with its sum and number; of later ones whose run it was is noted, too. Locks nothing.
 */
export async function payoutsBeyond(trx: Transaction<DB>): Promise<BeyondDifference[]> {
  const { rows } = await sql<{ payoutId: string }>`
    with paid as (
      select o.id, o.fen, o.payout_run_id, r.ledger_account_id as account_id, t.seq, t.created_at
      from payouts o
      join relief_accounts r on r.id = o.relief_account_id
      join ledger_transactions t on t.idempotency_key = 'payout:' || o.id
    ), beyond as materialized (
      select * from paid where -${balanceOf(sql`paid.account_id`, sql`paid.seq`)} < fen
    ), judged as (
      select b.*, exists (select from audit_log noted where noted.subject_type = 'payout-run'
          and noted.subject_id = b.payout_run_id and noted.action = 'payout-run.confirmed'
          and (noted.after ->> 'overdrawn')::boolean) as is_known,
        coalesce((select sum(p.fen) from postings p join ledger_transactions t on t.id = p.transaction_id
          where p.account_id = b.account_id and p.fen > 0 and p.transaction_seq < b.seq
            and t.kind <> 'payout' and t.created_at > b.created_at - interval '1 minute'), 0) as late_fen,
        (select max(fen) from (select -sum(p.fen) over (order by p.transaction_seq) as fen
          from postings p where p.account_id = b.account_id and p.transaction_seq < b.seq) had) as most_fen
      from beyond b
    )
    select id as "payoutId" from judged
    where fen > case when is_known then coalesce(most_fen, 0)
      else -${balanceOf(sql`judged.account_id`, sql`judged.seq`)} + late_fen end
    union
    select o.id from payouts o join payout_runs u on u.id = o.payout_run_id
    join households h on h.id = o.household_id
    where h.cooperative_id <> u.cooperative_id and not exists (select from lots t
      join listings l on l.id = t.listing_id and l.cooperative_id = u.cooperative_id
      where t.household_id = h.id and t.relief_account_id = o.relief_account_id)
    and not exists (select from audit_log noted where noted.subject_type = 'payout-run'
      and noted.subject_id = u.id and noted.action = 'payout-run.prepared'
      and coalesce(noted.after ->> 'cooperativeId', u.cooperative_id::text) = u.cooperative_id::text
      and case when noted.after ? 'paid' then noted.after -> 'paid' @> jsonb_build_array(
          jsonb_build_object('reliefAccountId', o.relief_account_id, 'fen', o.fen))
        else (noted.after ->> 'totalFen')::bigint = u.total_fen
          and (noted.after ->> 'payoutCount')::int = u.payout_count end)
    order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "payout-beyond", ...row }));
}
