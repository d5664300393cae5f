import { type RawBuilder, sql } from "kysely";
import type { CoopScope, WatchScope } from "#app/domain/scopes.ts";

/**
 * SQL: what the entry `e` (transaction_id, cause_type, cause_id, word) came from, for a lateral join:
 * `origin`, an object of the order and the cooperative's own parcel of it, the claim, the move of its reserve, the run and whom
 * it paid, of a fee the goods it was kept of, and whether another cooperative has a part in the order.
 * Of that part nothing; and an officer is told of no household beyond her county.
 */
export function cameFrom(scope: CoopScope | WatchScope): RawBuilder<unknown> {
  const { cooperativeId } = scope;
  const isTold =
    "regionCode" in scope ? sql`starts_with(home.region_code, ${scope.regionCode})` : sql`true`;
  const goods = (name: string) => sql`(
    select string_agg(distinct ${sql.ref(`l.${name}`)}, ' · ') from postings p
    join order_lines l on l.id = p.order_line_id and l.cooperative_id = ${cooperativeId}
    where p.transaction_id = e.transaction_id and e.word = 'coop-fee')`;
  return sql`(
    select jsonb_build_object('orderNumber', o.number, 'parcelId', (
        select c.id from parcels c where c.order_id = o.id and c.cooperative_id = ${cooperativeId}
        -- Of what is sent in parts the one that it is about, else the one that has the freight.
        order by exists (select from postings p join order_lines l on l.id = p.order_line_id
            where p.transaction_id = e.transaction_id and l.parcel_id = c.id) desc,
          c.carries_freight desc, c.part limit 1),
      'claimId', case when e.cause_type = 'claim' then e.cause_id else move.claim_id end,
      'moveId', move.id,
      'runId', run.id, 'runNumber', run.number, 'payoutId', paid.id,
      'headName', case when ${isTold} then home.head_name end,
      'goodsZh', ${goods("title_zh")}, 'goodsEn', ${goods("title_en")},
      'isShared', exists (select from parcels c where c.order_id = o.id
        and c.cooperative_id <> ${cooperativeId})) as origin
    from (select) one
    left join reserve_moves move on e.cause_type = 'reserve' and move.id = e.cause_id
      and move.cooperative_id = ${cooperativeId}
    left join orders o on o.id = case e.cause_type
      when 'order' then e.cause_id
      when 'refund' then (select r.order_id from refunds r where r.id = e.cause_id)
      when 'reserve' then (select c.order_id from claims c where c.id = move.claim_id)
      when 'claim' then (select c.order_id from claims c where c.id = e.cause_id)
      when 'dispute' then (select y.order_id from disputes d join payments y on y.id = d.payment_id
        where d.id = e.cause_id) end
    left join payouts paid on e.cause_type = 'payout' and paid.id = e.cause_id
    left join payout_runs run on run.id = paid.payout_run_id
      and run.cooperative_id = ${cooperativeId}
    left join households home on home.id = paid.household_id and run.id is not null)`;
}
