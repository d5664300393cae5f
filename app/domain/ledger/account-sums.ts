import { type RawBuilder, sql } from "kysely";

/** Payouts and their returns: what moved between a household and its bank, not what it earned. */
export const PAYOUT_KINDS = sql`('payout', 'payout-bounce')`;

/** The newest snapshot of an account, or the newest below a seq: at most one row. */
function newestSnapshot(
  account: RawBuilder<unknown>,
  below: RawBuilder<unknown> | null = null,
): RawBuilder<unknown> {
  return sql`(
    select through_seq, balance_fen, payout_fen from balance_snapshots
    where account_id = ${account} ${below ? sql`and through_seq < ${below}` : sql``}
    order by through_seq desc limit 1)`;
}

/**
 * That a posting `p` of the account belongs to the tail after a snapshot. PostgreSQL takes a third
 * of an account for newer than a seq it does not know yet, and would rather read the whole ledger;
 * a range between two ends it takes for short, which a tail is. So the upper end is always named.
 */
function isInTail(
  account: RawBuilder<unknown>,
  throughSeq: RawBuilder<unknown>,
  below: RawBuilder<unknown> | null = null,
): RawBuilder<boolean> {
  return sql<boolean>`p.account_id = ${account} and p.transaction_seq > coalesce(${throughSeq}, 0)
    and p.transaction_seq < ${below ?? sql`9223372036854775807`}`;
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
    select coalesce(snapshot.balance_fen, 0) + coalesce((select sum(p.fen) from postings p
      where ${isInTail(account, sql`snapshot.through_seq`, below)}), 0)
    from (select) one left join ${newestSnapshot(account, below)} snapshot on true)`;
}

/**
 * The postings of an account since its newest snapshot, for a lateral join: `fen`, and of their
 * transactions `kind` and `occurred_at`, each looked up by itself (`limit 1` keeps PostgreSQL from
 * making a join of it, for which it might read all transactions).
 */
export function tailOf(account: RawBuilder<unknown>): RawBuilder<unknown> {
  const throughSeq = sql`(select through_seq from ${newestSnapshot(account)} snapshot)`;
  return sql`(
    select p.fen, t.kind, t.occurred_at from postings p
    cross join lateral (select kind, occurred_at from ledger_transactions
      where seq = p.transaction_seq limit 1) t
    where ${isInTail(account, throughSeq)} offset 0)`;
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
    select coalesce(max(snapshot.balance_fen), 0) + coalesce(sum(tail.fen), 0) as balance_fen,
      coalesce(max(snapshot.payout_fen), 0)
        + coalesce(sum(tail.fen) filter (where tail.kind in ${PAYOUT_KINDS}), 0) as payout_fen
    from (select) one
    left join ${newestSnapshot(account)} snapshot on true
    left join ${tailOf(account)} tail on true)`;
}
