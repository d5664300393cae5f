import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { isPast } from "../reserves/is-over.ts";
import type { ReserveDifference } from "./verify-reserves.ts";

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Reserves whose shares are not those of the orders: each order that the cooperative sold, once, from the count
 * that was the first to see its sale, the stated part of its fee rounded down; and kept for until nothing of
 * it could be claimed for. That one was kept for longer than it had to be is no difference: a count may come
 * late. Locks nothing.
 */
export async function differingReserveShares(trx: Transaction<DB>): Promise<ReserveDifference[]> {
  const { rows } = await sql<{ cooperativeId: string }>`
    with sold as (
      select r.cooperative_id, t.cause_id as order_id, t.seq, -sum(p.fen)::bigint as fee_fen
      from reserves r join cooperatives c on c.id = r.cooperative_id
      join ledger_accounts a on a.code = 'coop-fee:' || c.slug
      join postings p on p.account_id = a.id and p.transaction_seq > r.since_seq
      join ledger_transactions t on t.id = p.transaction_id and t.idempotency_key like 'sale:%'
      group by 1, 2, 3
    ), share as (
      select sold.cooperative_id, sold.order_id, first.id as added_by,
        sold.fee_fen * first.rate_basis_points / 10000 as fen, 1 as times
      from sold cross join lateral (
        select m.id, m.rate_basis_points from reserve_moves m
        where m.cooperative_id = sold.cooperative_id and m.through_seq >= sold.seq
        order by m.number limit 1) first
      union all
      select cooperative_id, order_id, added_by, fen, -1 from reserve_shares
    )
    select distinct id as "cooperativeId" from (
      select cooperative_id as id from share where fen > 0
      group by cooperative_id, order_id, added_by, fen having sum(times) <> 0
      union all
      select s.cooperative_id from reserve_shares s
      left join reserve_moves added on added.id = s.added_by
      left join reserve_moves dropped on dropped.id = s.dropped_by
      where added.cooperative_id is distinct from s.cooperative_id
        or s.dropped_by is not null and (dropped.cooperative_id is distinct from s.cooperative_id
          or dropped.number < added.number or dropped.through_seq is null or not ${isPast({
            orderId: sql`s.order_id`,
            cooperativeId: sql`s.cooperative_id`,
            moment: sql`dropped.occurred_at`,
          })})
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "reserve-differs", ...row }));
}
