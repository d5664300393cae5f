import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { PAYOUT_KINDS } from "./account-sums.ts";
import { monthOf } from "./month-sums.ts";
import { readSealableSeq, type Waiting } from "./sealable-seq.ts";

/** So many postings of an account are read again at most, whenever its balance is asked. */
export const SNAPSHOT_EVERY = 64;
const ACCOUNTS_AT_ONCE = 100;

export type Snapshots =
  | { ok: true; snapshots: number }
  | { ok: false; reason: "writer-still-open" };

/** The accounts with so many postings since their newest snapshot; the index alone answers. */
async function readDueAccounts(db: Kysely<DB>, upTo: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from ledger_accounts a
    where (
      select count(*) from (
        select from postings p
        where p.account_id = a.id and p.transaction_seq <= ${upTo}
          and p.transaction_seq > coalesce((
            select max(s.through_seq) from balance_snapshots s where s.account_id = a.id), 0)
        limit ${SNAPSHOT_EVERY}
      ) tail) = ${SNAPSHOT_EVERY}
    order by a.id`.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * Cuts what was posted since the newest snapshot behind every 64th posting. A cut never parts one
 * transaction, so where the cuts fall follows from the ledger alone: who does it at the same time
 * writes the same rows, and the second to come writes none.
 */
async function writeSnapshots(
  db: Kysely<DB>,
  accountIds: readonly string[],
  upTo: number,
): Promise<number> {
  const { rows } = await sql<{ made: number }>`
    with before as (
      select a.id, coalesce(s.through_seq, 0) as through_seq,
        coalesce(s.balance_fen, 0) as balance_fen, coalesce(s.payout_fen, 0) as payout_fen
      from unnest(${[...accountIds]}::uuid[]) a (id)
      left join lateral (select * from balance_snapshots s where s.account_id = a.id
        order by through_seq desc limit 1) s on true
    ), moved as (
      select before.id, t.seq, ${monthOf(sql`t.occurred_at`)} as month, count(*) as parts,
        sum(p.fen) as fen,
        case when t.kind in ${PAYOUT_KINDS} then sum(p.fen) else 0 end as payout_fen
      from before
      join postings p on p.account_id = before.id
        and p.transaction_seq > before.through_seq and p.transaction_seq <= ${upTo}
      join ledger_transactions t on t.seq = p.transaction_seq
      group by before.id, t.id
    ), counted as (
      select *, sum(parts) over (partition by id order by seq) as parts_through from moved
    ), stretched as (
      select *, div(parts_through - parts, ${SNAPSHOT_EVERY}) as stretch,
        div(parts_through - parts, ${SNAPSHOT_EVERY})
          < div(parts_through, ${SNAPSHOT_EVERY}) as is_cut
      from counted
    ), stretches as (
      select id, stretch, max(seq) as through_seq, sum(fen) as fen, sum(payout_fen) as payout_fen
      from stretched group by id, stretch having bool_or(is_cut)
    ), balances as (
      insert into balance_snapshots (account_id, through_seq, balance_fen, payout_fen)
      select s.id, s.through_seq,
        before.balance_fen + sum(s.fen) over so_far,
        before.payout_fen + sum(s.payout_fen) over so_far
      from stretches s join before on before.id = s.id
      window so_far as (partition by s.id order by s.stretch)
      on conflict do nothing
      returning 1
    ), months as (
      insert into month_snapshots (account_id, month, through_seq, balance_fen, payout_fen)
      select m.id, m.month, m.through_seq,
        coalesce(known.balance_fen, 0) + sum(m.fen) over so_far,
        coalesce(known.payout_fen, 0) + sum(m.payout_fen) over so_far
      from (
        select part.id, part.month, part.stretch, s.through_seq, sum(part.fen) as fen,
          sum(part.payout_fen) as payout_fen
        from stretched part
        join stretches s on s.id = part.id and s.stretch = part.stretch
        group by part.id, part.month, part.stretch, s.through_seq
      ) m
      left join lateral (select * from month_snapshots known
        where known.account_id = m.id and known.month = m.month
        order by known.through_seq desc limit 1) known on true
      window so_far as (partition by m.id, m.month order by m.stretch)
      on conflict do nothing
    )
    select count(*) as made from balances`.execute(db);
  return rows[0]?.made ?? 0;
}

/**
 * Writes snapshots of the accounts that had 64 postings since their last one: what each held after
 * every 64th posting, altogether and by month, so that a balance is a snapshot and a short tail.
 * Covers only seqs below which nothing can appear any more, or a transaction that commits late
 * would be in no snapshot and in no tail. Safe to run twice, also at once. Fails with
 * `writer-still-open` when a writer of the ledger did not end in time. Waits for the writers
 * there are, holds none up; locks nothing.
 */
export async function snapshotBalances(db: Kysely<DB>, waiting: Waiting = {}): Promise<Snapshots> {
  const upTo = await readSealableSeq(db, waiting);
  if (upTo === null) return { ok: false, reason: "writer-still-open" };
  const due = await readDueAccounts(db, upTo);
  let snapshots = 0;
  for (let start = 0; start < due.length; start += ACCOUNTS_AT_ONCE) {
    snapshots += await writeSnapshots(db, due.slice(start, start + ACCOUNTS_AT_ONCE), upTo);
  }
  return { ok: true, snapshots };
}
