import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { causedByOrder } from "./caused-by-order.ts";
import { leftFen } from "./left-fen.ts";
import type { LeftPart } from "./plan-refund.ts";
import { promisedOf } from "./promised.ts";

/**
 * What each account has left of a paid order: what its sale brought by the ledger, less what
 * refunds and lost disputes took back, less what refunds still under way will take. Fees come first, so that an odd
 * fen is the cooperative's to give, not a household's. What is owed to the buyer (owe-buyer.ts) is
 * left like anything else, split by the refunds that had promised it (owe-promise.ts). The caller holds the order's row: else two
 * would read the same fen as left.
 */
export async function readLeft(
  trx: DbTransaction<DB>,
  orderId: string,
  parcelId: string | null,
): Promise<LeftPart[]> {
  const { rows } = await sql<LeftPart>`
    with moved as (
      select a.code, p.order_line_id, p.relief_account_id, p.fen
      from ledger_transactions t
      join postings p on p.transaction_id = t.id
      join ledger_accounts a on a.id = p.account_id
      where ${causedByOrder(sql`${orderId}`)} and a.code ~ '^(relief|coop-fee|freight|owed):'
      union all
      select p.account_code, p.order_line_id, p.relief_account_id, p.fen
      from refund_parts p join refunds r on r.id = p.refund_id
      where r.order_id = ${orderId} and r.status = 'requested'
    ), lefts as (
      select code, order_line_id, relief_account_id, -sum(fen)::bigint as fen
      from moved group by 1, 2, 3 having -sum(fen) > 0
    ), promised as (${promisedOf(
      sql`select ${orderId}::uuid as order_id, code, order_line_id, fen from lefts
        where code like 'owed:%'`,
      sql`r.order_id = ${orderId}`,
    )}), split as (
      select code, order_line_id, relief_account_id, refund_id as promised_by, fen
      from promised cross join (select null::uuid as relief_account_id) none
      union all
      select code, order_line_id, relief_account_id, null, fen - coalesce((
        select sum(p.fen) from promised p where p.code = lefts.code
          and p.order_line_id is not distinct from lefts.order_line_id), 0)::bigint
      from lefts
    )
    select m.code as account, m.order_line_id as "orderLineId",
      m.relief_account_id as "reliefAccountId", m.promised_by as "promisedBy", p.id as "parcelId",
      p.status in ('shipped', 'delivered') or l.id is null and exists (
        select from parcels part where part.order_id = p.order_id
          and part.cooperative_id = p.cooperative_id and part.status in ('shipped', 'delivered'))
        as "isShipped",
      coalesce(l.unit_price_fen, 0) as "unitPriceFen", m.fen
    from split m
    left join order_lines l on l.id = m.order_line_id
    join parcels p on p.order_id = ${orderId}
    join cooperatives c on c.id = p.cooperative_id
    where m.fen > 0 and (p.id = l.parcel_id or l.id is null and p.carries_freight and m.code in ('freight:' || c.slug, 'owed:' || c.slug))
      and (${parcelId}::uuid is null or p.id = ${parcelId}::uuid)
    order by m.order_line_id nulls last, m.relief_account_id nulls first, m.code,
      m.promised_by nulls last`.execute(trx);
  return rows;
}

/**
 * What may still go back to the buyer of a paid order, in fen: what she paid, less refunds made or
 * under way, less what a bank has given her. Less than the accounts have left as soon as the
 * market bears a loss.
 */
export async function readRefundable(trx: DbTransaction<DB>, orderId: string): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select ${leftFen(sql`p`)} as fen
    from payments p where p.order_id = ${orderId} and not exists (
      select from ledger_transactions t where t.idempotency_key = 'suspense:' || p.id)
    order by p.id limit 1`.execute(trx);
  return Math.max(0, rows[0]?.fen ?? 0);
}
