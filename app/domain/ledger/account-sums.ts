import { type RawBuilder, sql } from "kysely";

/** Payouts and their returns: what moved between a household and its bank, not what it earned. */
export const PAYOUT_KINDS = sql`('payout', 'payout-bounce')`;

/** The newest snapshot of an account, or the newest below a seq: at most one row. */
export function newestSnapshot(
  account: RawBuilder<unknown>,
  below: RawBuilder<unknown> | null = null,
): RawBuilder<unknown> {
  return sql`(
    select through_seq, balance_fen, payout_fen from balance_snapshots
    where account_id = ${account} ${below ? sql`and through_seq < ${below}` : sql``}
    order by through_seq desc limit 1)`;
}

/**
 * The balance of an account in fen, debits positive, as an SQL expression: its newest snapshot and
 * the postings since, which the index alone answers. `account` is the id of a ledger account as
 * the statement around it names it. With `below`, what it held before that seq.
 */
export function balanceOf(
  account: RawBuilder<unknown>,
  below: RawBuilder<unknown> | null = null,
): RawBuilder<number> {
  return sql<number>`(
    select coalesce(snapshot.balance_fen, 0) + coalesce((
      select sum(tail.fen) from postings tail
      where tail.account_id = ${account}
        and tail.transaction_seq > coalesce(snapshot.through_seq, 0)
        ${below ? sql`and tail.transaction_seq < ${below}` : sql``}), 0)
    from (select) one left join ${newestSnapshot(account, below)} snapshot on true)`;
}

/**
 * One row about an account, for a lateral join: `balance_fen`, and in `payout_fen` the part of it
 * that payouts and their returns moved; what it earned is the one less the other. Its newest
 * snapshot and the postings since.
 */
export function sumsOf(
  account: RawBuilder<unknown>,
): RawBuilder<{ balance_fen: number; payout_fen: number }> {
  return sql`(
    select coalesce(snapshot.balance_fen, 0) + coalesce(tail.fen, 0) as balance_fen,
      coalesce(snapshot.payout_fen, 0) + coalesce(tail.payout_fen, 0) as payout_fen
    from (select) one
    left join ${newestSnapshot(account)} snapshot on true
    cross join lateral (
      select sum(p.fen) as fen, sum(p.fen) filter (where t.kind in ${PAYOUT_KINDS}) as payout_fen
      from postings p
      join ledger_transactions t on t.seq = p.transaction_seq
      where p.account_id = ${account} and p.transaction_seq > coalesce(snapshot.through_seq, 0)
    ) tail)`;
}
