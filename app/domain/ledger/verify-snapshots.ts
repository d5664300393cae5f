import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { PAYOUT_KINDS } from "./account-sums.ts";
import { monthOf } from "./month-sums.ts";

export type PlaceDifference = { kind: "posting-misplaced"; transactionId: string };
export type BalanceDifference = {
  kind: "snapshot-wrong";
  account: string;
  throughSeq: number;
  /** "2026-11-01" when it is the month's sum that is wrong, else null. */
  month: string | null;
};

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Postings that carry another seq than their transaction has. No seal covers that copy, and all
 * balances are read by it. Locks nothing.
 */
export async function misplacedPostings(trx: Transaction<DB>): Promise<PlaceDifference[]> {
  const { rows } = await sql<{ transactionId: string }>`
    select distinct p.transaction_id as "transactionId" from postings p
    join ledger_transactions t on t.id = p.transaction_id
    where t.seq <> p.transaction_seq
    limit ${MOST_NAMED}`.execute(trx);
  return rows.map(({ transactionId }) => ({ kind: "posting-misplaced", transactionId }));
}

/**
 * Snapshots that do not hold what the postings up to their seq add up to, altogether or in a
 * month, or that end behind no posting of their account: what comes would be taken for counted. Every
 * posting is read once: what moved between one snapshot and the next is summed, and
 * the sums are carried on. Locks nothing.
 */
export async function wrongSnapshots(trx: Transaction<DB>): Promise<BalanceDifference[]> {
  const { rows } = await sql<Omit<BalanceDifference, "kind">>`
    with stretch as (
      select account_id, through_seq, balance_fen, payout_fen,
        coalesce(lag(through_seq) over (partition by account_id order by through_seq), 0) as after
      from balance_snapshots
    ), moved as materialized (
      select s.account_id, s.through_seq, ${monthOf(sql`t.occurred_at`)} as month, sum(p.fen) as fen,
        max(p.transaction_seq) as last_seq,
        coalesce(sum(p.fen) filter (where t.kind in ${PAYOUT_KINDS}), 0) as payout_fen
      from stretch s
      join postings p on p.account_id = s.account_id
        and p.transaction_seq > s.after and p.transaction_seq <= s.through_seq
      join ledger_transactions t on t.id = p.transaction_id
      group by 1, 2, 3
    ), balance as (
      select account_id, through_seq, sum(sum(fen)) over so_far as fen,
        sum(sum(payout_fen)) over so_far as payout_fen, max(last_seq) as last_seq
      from moved group by account_id, through_seq
      window so_far as (partition by account_id order by through_seq)
    ), by_month as (
      select account_id, month, through_seq, sum(fen) over so_far as fen,
        sum(payout_fen) over so_far as payout_fen
      from moved window so_far as (partition by account_id, month order by through_seq)
    ), wrong as (
      select s.account_id, s.through_seq, null::date as month
      from balance_snapshots s left join balance b using (account_id, through_seq)
      where (s.balance_fen, s.payout_fen, s.through_seq)
        is distinct from (b.fen, b.payout_fen, b.last_seq)
      union all
      select account_id, through_seq, month
      from month_snapshots s full join by_month m using (account_id, through_seq, month)
      where (s.balance_fen, s.payout_fen) is distinct from (m.fen, m.payout_fen)
    )
    select coalesce(a.code, '') as account, wrong.through_seq as "throughSeq", wrong.month
    from wrong left join ledger_accounts a on a.id = wrong.account_id
    order by 1, 2, 3 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "snapshot-wrong", ...row }));
}
