import { type RawBuilder, sql } from "kysely";
import { notReplaced } from "../stock/not-replaced.ts";

const dayOf = sql`(t.occurred_at at time zone 'Asia/Shanghai')::date`;

/** What each entry moved on the accounts of households and cooperatives; credits are positive. */
const moved = (entries: RawBuilder<unknown>) => sql`
  select coalesce(line.cooperative_id, run.cooperative_id,
      case when relief.id is not null then cooperative_of(relief.household_id, t.occurred_at) end,
      named.id) as cooperative_id,
    ${dayOf} as day, split_part(a.code, ':', 1) as part, t.kind, listing.category_code,
    relief.household_id, -p.fen as fen, 0 as grams, 0 as orders
  from ${entries} t
  join postings p on p.transaction_id = t.id
  join ledger_accounts a on a.id = p.account_id
    and split_part(a.code, ':', 1) in ('relief', 'coop-fee', 'freight', 'owed')
  left join relief_accounts relief on relief.ledger_account_id = a.id
  left join order_lines line on line.id = p.order_line_id
  left join listings listing on listing.id = line.listing_id
  left join payouts on t.cause_type = 'payout' and payouts.id = t.cause_id
  left join payout_runs run on run.id = payouts.payout_run_id
  left join cooperatives named on named.slug = split_part(a.code, ':', 2)`;

/** How much was sold of what, and whose: the ledger knows fen alone. */
const weighed = (entries: RawBuilder<unknown>) => sql`
  select line.cooperative_id, ${dayOf}, 'relief', t.kind, listing.category_code, relief.household_id,
    0, part.quantity::bigint * line.unit_grams, 0
  from ${entries} t
  join order_lines line on line.order_id = t.cause_id
    and (t.idempotency_key like 'sale:%' and line.substitution_id is null
      or t.idempotency_key = 'substitute:' || line.substitution_id)
  join listings listing on listing.id = line.listing_id
  join allocations part on part.order_line_id = line.id
  join relief_accounts relief on relief.id = part.relief_account_id
  where t.kind = 'sale' and t.cause_type = 'order' and ${notReplaced("part")}`;

/** In how many orders: once for each cooperative that sold something in one. */
const ordered = (entries: RawBuilder<unknown>) => sql`
  select line.cooperative_id, ${dayOf}, 'order', t.kind, null::text, null::uuid, 0, 0, 1
  from ${entries} t
  cross join lateral (
    select distinct cooperative_id from order_lines where order_id = t.cause_id) line
  where t.kind = 'sale' and t.cause_type = 'order' and t.idempotency_key like 'sale:%'`;

/**
 * What the ledger's entries from after one seq through another say, for a from clause: a row for each
 * cooperative, day, part, kind, crop and household. Whatever is summed of the ledger for a report is
 * summed by this, kept or read just now.
 */
export function factsOf(after: RawBuilder<unknown>, through: RawBuilder<unknown>) {
  const entries = sql`(select id, seq, kind, cause_type, cause_id, idempotency_key, occurred_at
    from ledger_transactions where seq > ${after} and seq <= ${through} offset 0)`;
  return sql`(
    select cooperative_id, day, part, kind, category_code, household_id,
      sum(fen)::bigint as fen, sum(grams)::bigint as grams, sum(orders)::bigint as orders
    from (${moved(entries)} union all ${weighed(entries)} union all ${ordered(entries)}) fact
    group by cooperative_id, day, part, kind, category_code, household_id)`;
}
