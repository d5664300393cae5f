import { type RawBuilder, sql } from "kysely";
import { monthOf, monthSumsOf } from "#app/domain/ledger/month-sums.ts";
import type { CoopScope, WatchScope } from "#app/domain/scopes.ts";
import { accountWords, type StatementPart } from "./parts.ts";

/** Every month that a market may have seen. */
const ALL_MONTHS = 1_200;

/** SQL: the accounts of the scope's cooperative that a part is of, as (id, word). */
const accountsOf = ({ cooperativeId }: CoopScope | WatchScope, part: StatementPart) => sql`
  select a.id, split_part(a.code, ':', 1) as word
  from cooperatives c
  cross join unnest(${[...accountWords[part]]}::text[]) as named (word)
  join ledger_accounts a on a.code = named.word || ':' || c.slug
  where c.id = ${cooperativeId}`;

const ENTRY = sql`t.seq, t.id as transaction_id, t.occurred_at, t.cause_type, t.cause_id,
  split_part(t.idempotency_key, ':', 1) as kind, -moved.fen as fen`;

/** SQL: what payouts of the scope's runs moved; what went to households' banks is positive. */
const paidBy = ({ cooperativeId }: CoopScope | WatchScope, month: string) => sql`
  with entry as (
    select 'payout:' || o.id as key from payout_runs run
    join payouts o on o.payout_run_id = run.id
    where run.cooperative_id = ${cooperativeId} and run.status = 'confirmed'
      and ${monthOf(sql`run.confirmed_at`)} = ${month}::date
    union all
    select 'payout-bounce:' || o.id from payout_runs run
    join payouts o on o.payout_run_id = run.id and o.status = 'bounced'
    where run.cooperative_id = ${cooperativeId}
  )
  select ${ENTRY}, 'payout' as word from entry
  cross join lateral (
    select * from ledger_transactions where idempotency_key = entry.key limit 1) t
  cross join lateral (
    select sum(p.fen) as fen from postings p
    join ledger_accounts a on a.id = p.account_id and a.code = 'payout:clearing'
    where p.transaction_id = t.id offset 0) moved
  where ${monthOf(sql`t.occurred_at`)} = ${month}::date`;

/**
 * SQL: what was moved in a month on the accounts of a part: (seq, transaction_id, occurred_at,
 * cause_type, cause_id, kind, fen, word), one row for each transaction and account, credits positive.
 * A month's postings lie in the stretches behind which its snapshots were cut (snapshot-balances.ts) or
 * after the last of them: nothing else of the account is read. A cut never parts a transaction, and each
 * stretch and transaction is looked up by itself: PostgreSQL would rather hold all of the ledger against
 * every stretch.
 */
export function movedIn(
  scope: CoopScope | WatchScope,
  part: StatementPart,
  month: string,
): RawBuilder<unknown> {
  if (part === "paid") return sql`(${paidBy(scope, `${month}-01`)})`;
  const before = (seq: RawBuilder<unknown>) => sql`coalesce((
    select max(b.through_seq) from balance_snapshots b
    where b.account_id = account.id and b.through_seq < ${seq}), 0)`;
  return sql`(
    with account as materialized (${accountsOf(scope, part)}), stretch as materialized (
      select account.id, account.word, s.through_seq as until,
        ${before(sql`s.through_seq`)} as after
      from account join month_snapshots s on s.account_id = account.id
        and s.month = ${`${month}-01`}::date
      union all
      select id, word, 9223372036854775807, ${before(sql`9223372036854775807`)} from account
    )
    select ${ENTRY}, stretch.word from stretch
    cross join lateral (
      select p.transaction_seq as seq, sum(p.fen) as fen from postings p
      where p.account_id = stretch.id and p.transaction_seq > stretch.after
        and p.transaction_seq <= stretch.until
      group by p.transaction_seq offset 0) moved
    cross join lateral (select * from ledger_transactions where seq = moved.seq limit 1) t
    where ${monthOf(sql`t.occurred_at`)} = ${`${month}-01`}::date)`;
}

/** SQL: what was moved month by month on the accounts of a part: (month, fen), credits positive. */
export function monthsOf(scope: CoopScope | WatchScope, part: StatementPart): RawBuilder<unknown> {
  if (part !== "paid") {
    const accounts = sql`select id from (${accountsOf(scope, part)}) account`;
    return sql`(select month, -balance_fen as fen from ${monthSumsOf(accounts, ALL_MONTHS)} sums)`;
  }
  return sql`(
    select month, sum(fen) as fen from (
      select ${monthOf(sql`confirmed_at`)} as month, total_fen as fen from payout_runs
      where cooperative_id = ${scope.cooperativeId} and status = 'confirmed'
      union all
      select ${monthOf(sql`t.occurred_at`)}, -o.fen from payout_runs run
      join payouts o on o.payout_run_id = run.id and o.status = 'bounced'
      join ledger_transactions t on t.idempotency_key = 'payout-bounce:' || o.id
      where run.cooperative_id = ${scope.cooperativeId}
    ) moved group by month)`;
}
