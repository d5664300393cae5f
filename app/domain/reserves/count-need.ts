import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { balanceOf } from "../ledger/account-sums.ts";
import { hasOpenClaim, isPast } from "./is-over.ts";
import type { LockedReserve } from "./lock-reserve.ts";

export type Share = { orderId: string; fen: number };

/** What the ledger says up to a seal's end, in fen. */
export type Counted = {
  throughSeq: number;
  ownFen: number;
  overdrawnFen: number;
  /** What is kept for orders already, before those of now. */
  openFen: number;
  /** Orders sold since the last count; a share may come to nothing. */
  sold: Share[];
  /** What is kept for, or was sold, and can be claimed for no longer. */
  past: Share[];
};

/** SQL: an account of the cooperative's, by its word. */
const accountOf = (word: string, slug: string) =>
  sql`(select id from ledger_accounts where code = ${`${word}:${slug}`})`;

/**
 * What a cooperative's reserve has to be held against, of the ledger as far as it is sealed: nothing can
 * appear below a seal's end any more, so that everybody who counts the same again finds the same. Null
 * while nothing is sealed. The caller holds the reserve's row.
 */
export async function countNeed(
  trx: DbTransaction<DB>,
  { cooperativeId, slug, rateBasisPoints, countedThrough }: LockedReserve,
  now: Date,
): Promise<Counted | null> {
  const { rows: seals } = await sql<{ throughSeq: number; sealedAt: Date }>`
    select last_seq as "throughSeq", created_at as "sealedAt" from ledger_seals
    order by seq desc limit 1`.execute(trx);
  const [seal] = seals;
  if (!seal || seal.throughSeq < countedThrough) return null;
  const below = sql`${seal.throughSeq + 1}::bigint`;
  const [fee, reserve] = [accountOf("coop-fee", slug), accountOf("reserve", slug)];
  const { rows } = await sql<Omit<Counted, "throughSeq">>`
    with sold as (
      select t.cause_id as id, -sum(p.fen)::bigint * ${rateBasisPoints}::bigint / 10000 as fen
      from postings p
      cross join lateral (select cause_id, idempotency_key from ledger_transactions
        where seq = p.transaction_seq limit 1) t
      where p.account_id = ${fee} and p.transaction_seq > ${countedThrough}
        and p.transaction_seq < ${below} and t.idempotency_key like 'sale:%'
      group by 1 having -sum(p.fen) > 0
    ), open as (
      select order_id as id, fen from reserve_shares
      where cooperative_id = ${cooperativeId} and dropped_by is null
    ), past as (
      select s.id, s.fen from (select id, fen from open union all select id, fen from sold) s
      where s.fen > 0 and ${isPast({
        orderId: sql`s.id`,
        cooperativeId: sql`${cooperativeId}::uuid`,
        moment: sql`${now}::timestamptz`,
      })} and not ${hasOpenClaim(sql`s.id`, sql`${cooperativeId}::uuid`)}
    )
    select coalesce(-${balanceOf(fee, below)}, 0) + coalesce(-${balanceOf(reserve, below)}, 0)
        as "ownFen", (
        select coalesce(sum(greatest(0, ${balanceOf(sql.ref("r.ledger_account_id"), below)})), 0)
        from relief_accounts r join households h on h.id = r.household_id
        where (h.cooperative_id = ${cooperativeId} or exists (select from household_moves v
            where v.household_id = h.id and v.from_cooperative_id = ${cooperativeId}))
          and cooperative_of(h.id, ${seal.sealedAt}) = ${cooperativeId})::bigint as "overdrawnFen",
      (select coalesce(sum(fen), 0) from open)::bigint as "openFen",
      (select coalesce(jsonb_agg(jsonb_build_object('orderId', id, 'fen', fen) order by id), '[]')
        from sold) as sold,
      (select coalesce(jsonb_agg(jsonb_build_object('orderId', id, 'fen', fen) order by id), '[]')
        from past) as past`.execute(trx);
  const [counted] = rows;
  return counted ? { ...counted, throughSeq: seal.throughSeq } : null;
}
