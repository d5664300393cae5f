import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type ClaimDifference = { kind: "claim-differs"; claimId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Claims that moved something else than they say. Where the fault is the cooperative's or the
 * carrier's, the cooperative's fee account gives households, line by line, just what the claim's
 * refund takes from them, once; where it is the farm's, nothing (and see `unexplained`). And a claim
 * stands as its timeline says, of a parcel that was delivered; where it is settled it gives what it
 * says by a refund of its own order, asked for under its own name, of no line more than it asks
 * for, and no refund of a claim is another's. Locks nothing.
 */
export async function differingClaims(trx: Transaction<DB>): Promise<ClaimDifference[]> {
  const { rows } = await sql<{ claimId: string }>`
    with borne as (
      select c.id, c.refund_id, coop.slug from claims c join cooperatives coop on coop.id = c.cooperative_id
      where c.refund_id is not null and c.fault <> 'farm'
    ), newest as (
      select distinct on (claim_id) claim_id, state, fault from claim_events order by claim_id, id desc
    ), moved as (
      select t.cause_id as id, a.code, p.order_line_id, p.relief_account_id, p.fen
      from ledger_transactions t join postings p on p.transaction_id = t.id
      join ledger_accounts a on a.id = p.account_id
      where t.cause_type = 'claim'
      union all
      select b.id, s.account_code, s.order_line_id, s.relief_account_id, s.fen
      from borne b join refund_parts s on s.refund_id = b.refund_id and s.account_code like 'relief:%'
      union all
      select b.id, 'coop-fee:' || b.slug, s.order_line_id, null, -s.fen
      from borne b join refund_parts s on s.refund_id = b.refund_id and s.account_code like 'relief:%'
    )
    select distinct id as "claimId" from (
      select id from moved group by id, code, order_line_id, relief_account_id having sum(fen) <> 0
      union all
      select c.id from claims c
      left join parcels p on p.id = c.parcel_id
      left join refunds r on r.id = c.refund_id
      left join newest on newest.claim_id = c.id
      where p.id is null or c.order_id <> p.order_id or c.cooperative_id <> p.cooperative_id
        or p.status <> 'delivered' or newest.state is distinct from c.state
        or (c.refund_id is null) = (c.state = 'settled')
        or c.refund_id is not null and (r.id is null or r.order_id <> c.order_id
          or r.fen is distinct from c.granted_fen or newest.fault is distinct from c.fault
          or r.idempotency_key <> 'refund:' || r.payment_id || ':claim:' || c.id)
      union all
      select c.id from claims c left join claim_lines l on l.claim_id = c.id
      left join order_lines o on o.id = l.order_line_id
      group by c.id having coalesce(sum(l.asked_fen), 0) <> c.asked_fen
        or bool_or(o.parcel_id is distinct from c.parcel_id or l.percent not in (10, 25, 50, 75, 100)
          or l.is_open = (c.state in ('settled', 'closed'))
          or l.asked_fen > greatest(1, o.line_fen * l.percent / 100))
      union all
      select c.id from claims c join refund_parts s on s.refund_id = c.refund_id
      left join claim_lines l on l.claim_id = c.id and l.order_line_id = s.order_line_id
      group by c.id, s.order_line_id having sum(s.fen) > coalesce(max(l.asked_fen), 0)
      union all
      select split_part(r.idempotency_key, ':', 4)::uuid from refunds r
      left join claims c on c.refund_id = r.id
      where r.idempotency_key ~ ':claim:[0-9a-f-]{36}$' and c.id is null
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "claim-differs", ...row }));
}
