import { type RawBuilder, sql } from "kysely";
import { PAYOUT_KINDS, tailOf } from "./account-sums.ts";

/** The first day of the month, by Shanghai's clock, that a moment lies in: an SQL date. */
export function monthOf(moment: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`date_trunc('month', ${moment} at time zone 'Asia/Shanghai')::date`;
}

/** Of an account; so whatever months come out newest over many accounts, each of them is there. */
const MONTHS = 12;

/**
 * What moved on accounts month by month, for a from clause: `month`, `balance_fen` (debits
 * positive) and in `payout_fen` the part of it that payouts and their returns moved. Right for the
 * twelve newest months that have any, or for the `most` newest. `accounts` is a query of ledger accounts' ids, named `id`.
 * Each account's months are stepped through by the index, newest snapshot of each, and the
 * postings since its last snapshot are added; nothing else of the ledger is read.
 */
export function monthSumsOf(accounts: RawBuilder<unknown>, most = MONTHS): RawBuilder<unknown> {
  const newest = (account: RawBuilder<unknown>, older: RawBuilder<unknown>) => sql`lateral (
    select account_id, month, balance_fen, payout_fen from month_snapshots
    where account_id = ${account} ${older}
    order by month desc, through_seq desc limit 1) newest`;
  return sql`(
    with recursive asked as materialized (${accounts}), snapshot as (
      select newest.*, 1 as place from asked cross join ${newest(sql`asked.id`, sql``)}
      union all
      select newest.*, snapshot.place + 1 from snapshot
      cross join ${newest(sql`snapshot.account_id`, sql`and month < snapshot.month`)}
      where snapshot.place < ${most}
    ), tail as (
      select ${monthOf(sql`tail.occurred_at`)} as month, tail.fen,
        case when tail.kind in ${PAYOUT_KINDS} then tail.fen else 0 end as payout_fen
      from asked cross join lateral ${tailOf(sql`asked.id`)} tail
    )
    select month, sum(balance_fen) as balance_fen, sum(payout_fen) as payout_fen
    from (
      select month, balance_fen, payout_fen from snapshot
      union all select month, fen, payout_fen from tail
    ) moved
    group by month)`;
}
