import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { balanceOf } from "./account-sums.ts";

export type ReserveDifference = { kind: "reserve-differs"; cooperativeId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/** SQL: every move of a reserve with what came before it, and its entry. */
const MOVES = sql`
  select m.*, c.slug, t.seq, t.occurred_at as posted_at,
    row_number() over turns as turn, s.created_at as sealed_at, s.id as seal_id,
    coalesce(sum(m.fen) over (partition by m.cooperative_id order by m.number
      rows between unbounded preceding and 1 preceding), 0) as had_fen,
    max(t.seq) over (partition by m.cooperative_id order by m.number
      rows between unbounded preceding and 1 preceding) as after_seq,
    max(m.through_seq) over (partition by m.cooperative_id order by m.number
      rows between unbounded preceding and 1 preceding) as counted_seq,
    max(m.version) over (partition by m.cooperative_id order by m.number
      rows between unbounded preceding and 1 preceding) as after_version
  from reserve_moves m left join cooperatives c on c.id = m.cooperative_id
  left join ledger_transactions t on t.cause_type = 'reserve' and t.cause_id = m.id
  left join ledger_seals s on s.last_seq = m.through_seq
  window turns as (partition by m.cooperative_id order by m.number)`;

/**
 * Reserves whose moves moved something else than they say, or do not follow each other: each is posted once,
 * between the cooperative's own reserve and its own fees, from what the ones before it left, and what was counted
 * was counted from a seal's end on to a later one, by the terms of the time: those of which the audit log tells. Locks nothing.
 */
export async function differingReserves(trx: Transaction<DB>): Promise<ReserveDifference[]> {
  const { rows } = await sql<{ cooperativeId: string }>`
    with move as materialized (${MOVES}), moved as (
      select m.cooperative_id, m.id, a.code, p.fen from move m
      join ledger_transactions t on t.cause_type = 'reserve' and t.cause_id = m.id
      join postings p on p.transaction_id = t.id join ledger_accounts a on a.id = p.account_id
      union all
      select cooperative_id, id, 'reserve:' || slug, fen from move
      union all
      select cooperative_id, id, 'coop-fee:' || slug, -fen from move
    ), term as (
      select n.subject_id as cooperative_id, (n.after ->> 'version')::int as version,
        (n.after ->> 'rateBasisPoints')::int as rate, (n.after ->> 'ceilingFen')::bigint as ceiling
      from audit_log n where n.subject_type = 'cooperative' and n.action = 'reserve.set'
        and n.actor_user_id <> ''
      union all
      select id, 0, 2000, 500000 from cooperatives
    )
    select distinct id as "cooperativeId" from (
      select cooperative_id as id from moved group by cooperative_id, moved.id, code having sum(fen) <> 0
      union all
      select cooperative_id from move where number <> turn or before_fen <> had_fen
        or before_fen + fen < 0 or posted_at <> occurred_at or seq <= after_seq or slug is null
        or (claim_id is null) <> (through_seq is not null)
      union all
      select m.cooperative_id from move m left join term on term.cooperative_id = m.cooperative_id
        and term.version = m.version and term.rate = m.rate_basis_points and term.ceiling = m.ceiling_fen
      where m.claim_id is null and (term.version is null or m.seal_id is null
        or m.through_seq >= m.seq
        or m.version < m.after_version or m.through_seq < m.counted_seq)
      union all
      select coalesce(r.cooperative_id, c.id) from reserves r
      full join cooperatives c on c.id = r.cooperative_id
      left join term on term.cooperative_id = c.id and term.version = r.version
        and term.rate = r.rate_basis_points and term.ceiling = r.ceiling_fen
      where term.version is null
        or exists (select from term newer where newer.cooperative_id = c.id and newer.version > r.version)
      union all
      select cooperative_id from term group by cooperative_id, version having count(*) > 1
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "reserve-differs", ...row }));
}

/**
 * Reserves that hold something else than the ledger called for: what was counted is what fees and reserve
 * came to at the seal, what accounts of households were below zero then, whose they were then, and the
 * shares of the orders, and the reserve was brought to just that (reserve-rule.ts). And claims that
 * a cooperative bore and its reserve did not, as far as it went, or the other way round. Locks nothing.
 */
export async function unheldReserves(trx: Transaction<DB>): Promise<ReserveDifference[]> {
  const { rows } = await sql<{ cooperativeId: string }>`
    with count as materialized (
      select m.*, c.slug, s.created_at as sealed_at, (
          select id from ledger_accounts where code = 'coop-fee:' || c.slug) as fee_id, (
          select id from ledger_accounts where code = 'reserve:' || c.slug) as reserve_id
      from reserve_moves m join cooperatives c on c.id = m.cooperative_id
      join ledger_seals s on s.last_seq = m.through_seq where m.claim_id is null
    ), stood as (
      select r.household_id, p.transaction_seq as seq, lead(p.transaction_seq) over turns as until,
        sum(p.fen) over turns as fen
      from postings p join relief_accounts r on r.ledger_account_id = p.account_id
      window turns as (partition by p.account_id order by p.transaction_seq, p.id)
    ), below as (
      select count.id, sum(stood.fen) as fen from count
      join (select * from stood where fen > 0 and until is distinct from seq) stood
        on stood.seq <= count.through_seq and coalesce(stood.until > count.through_seq, true)
      where cooperative_of(stood.household_id, count.sealed_at) = count.cooperative_id
      group by count.id
    ), share as (
      select count.id, sum(s.fen) as fen from count
      join reserve_shares s on s.cooperative_id = count.cooperative_id
      join reserve_moves added on added.id = s.added_by and added.number <= count.number
      left join reserve_moves dropped on dropped.id = s.dropped_by
      where coalesce(dropped.number > count.number, true) group by count.id
    ), borne as (
      select c.cooperative_id, c.id, t.seq, -sum(p.fen) as fen, 'reserve:' || coop.slug as code
      from ledger_transactions t join claims c on c.id = t.cause_id
      join cooperatives coop on coop.id = c.cooperative_id
      join postings p on p.transaction_id = t.id
      join ledger_accounts a on a.id = p.account_id and a.code like 'relief:%'
      where t.cause_type = 'claim' group by c.cooperative_id, c.id, t.seq, coop.slug
    ), due as (
      select borne.*, least(borne.fen, coalesce((select -${balanceOf(sql`a.id`, sql`borne.seq`)}
        from ledger_accounts a where a.code = borne.code), 0)) as due_fen
      from borne
    )
    select distinct id as "cooperativeId" from (
      select count.cooperative_id as id from count
      left join below on below.id = count.id left join share on share.id = count.id
      where shares_fen <> coalesce(share.fen, 0) or overdrawn_fen <> coalesce(below.fen, 0)
        or own_fen is distinct from coalesce(-${balanceOf(sql`count.fee_id`, sql`(count.through_seq + 1)`)}, 0)
          + coalesce(-${balanceOf(sql`count.reserve_id`, sql`(count.through_seq + 1)`)}, 0)
        or before_fen + count.fen
          <> greatest(0, least(ceiling_fen, shares_fen + overdrawn_fen, own_fen))
      union all
      select coalesce(due.cooperative_id, m.cooperative_id)
      from (select * from due where due_fen > 0) due
      full join (select * from reserve_moves where claim_id is not null) m on m.claim_id = due.id
      where due.id is null or m.id is null or m.fen <> -due.due_fen
        or m.cooperative_id <> due.cooperative_id
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "reserve-differs", ...row }));
}
