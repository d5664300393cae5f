import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { givenBy, givesOtherwise } from "./given-for-line.ts";
import { wasNeverIn } from "./was-in-parcel.ts";

export type SubstituteDifference = { kind: "substitute-differs"; substitutionId: string };

/** So many are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Proposals of which something else was done than they say (propose-substitute.ts, answer-substitute.ts).
 * Each is of a line in its parcel, of no more units than it has, at their price, of another listing of the
 * same cooperative, shows what it says, and its lots are that listing's and provide just its units. Where the
 * buyer said yes, and only there, with her consent and before her time was over,
 * - there is one line in its stead, of that listing, quantity and price and for the fee of the other, of
 *   just those lots and fen;
 * - what its sellers gave is, part by part, what the ledger took of them, comes to its price, and all of it
 *   was kept for the buyer under the missing line and paid for the new one at once;
 * - the difference went back to her: asked for under its own name, of that line alone.
 * Where the money for what is missing went back instead, that is a shortage of just those units. And each is
 * noted in the audit log as it stands. Locks nothing.
 */
export async function differingSubstitutes(trx: Transaction<DB>): Promise<SubstituteDifference[]> {
  const { rows } = await sql<{ substitutionId: string }>`
    with asked as (
      select s.*, s.quantity * s.unit_price_fen as fen, s.state = 'accepted' as is_yes,
        l.listing_id as missing_listing_id, l.order_id as of_order, l.cooperative_id,
        l.unit_price_fen as missing_price_fen, l.fee_basis_points, l.parcel_id as now_in,
        c.slug, offer.cooperative_id as of_cooperative
      from substitutions s
      left join order_lines l on l.id = s.order_line_id
      left join cooperatives c on c.id = l.cooperative_id
      left join listings offer on offer.id = s.listing_id
    ), moved as (
      select s.id, t.is_sale, a.code, p.order_line_id, p.relief_account_id, p.fen from asked s
      join lateral (
        select e.id, e.idempotency_key like 'substitute:%' as is_sale from ledger_transactions e
        where e.idempotency_key in ('substituted:' || s.id, 'substitute:' || s.id)) t on true
      join postings p on p.transaction_id = t.id join ledger_accounts a on a.id = p.account_id
      where not t.is_sale or a.code like 'owed:%'
      union all
      select s.id, false, g.account_code, s.order_line_id, g.relief_account_id, -g.fen
      from asked s join substitution_parts g on g.substitution_id = s.id
      union all
      select s.id, side.is_sale, 'owed:' || s.slug, s.order_line_id, null::uuid, side.sign * s.fen
      from asked s cross join (values (false, 1), (true, -1)) side(is_sale, sign) where s.is_yes
    ), line as (
      select l.substitution_id as id, sum(l.quantity) as quantity, sum(l.line_fen) as fen,
        count(*) filter (where l.split_from_id is null) as roots,
        bool_or(s.id is null or not s.is_yes or l.order_id <> s.order_id
          or l.listing_id <> s.listing_id or l.unit_price_fen <> s.unit_price_fen
          or l.cooperative_id <> s.cooperative_id or l.fee_basis_points <> s.fee_basis_points
          or (l.unit, l.unit_grams::text) is distinct from (
            s.shown #>> '{offered,unit}', s.shown #>> '{offered,unitGrams}')) as is_odd
      from order_lines l left join asked s on s.id = l.substitution_id
      where l.substitution_id is not null group by 1
    ), lot as (
      select id, lot_id, relief_account_id from (
        select substitution_id as id, lot_id, relief_account_id, quantity, fen from substitution_lots
        where substitution_id in (select id from asked where is_yes)
        union all
        select l.substitution_id, a.lot_id, a.relief_account_id, -a.quantity, -a.fen
        from order_lines l join allocations a on a.order_line_id = l.id and a.state <> 'released'
        where l.substitution_id is not null
      ) each group by 1, 2, 3 having sum(quantity) <> 0 or sum(fen) <> 0
    ), given as (${givenBy(sql`select refund_id from substitutions`)})
    select distinct id as "substitutionId" from (
      select s.id::text from asked s where s.of_order is distinct from s.order_id
        or s.now_in <> s.parcel_id and ${wasNeverIn("s")}
        or s.missing_fen <> s.missing_units * s.missing_price_fen or s.fen > s.missing_fen
        or s.of_cooperative is distinct from s.cooperative_id
        or s.listing_id = s.missing_listing_id or s.is_yes <> (s.consent is not null)
        or (s.state = 'open') <> (s.ended_at is null)
        or s.state = 'open' and s.ended_by is not null or s.is_yes and s.ended_at >= s.answer_by
        or (s.shown #>> '{missing,units}', s.shown #>> '{missing,fen}', s.shown #>> '{offered,listingId}',
            s.shown #>> '{offered,quantity}', s.shown #>> '{offered,unitPriceFen}',
            s.shown #>> '{offered,fen}', s.shown #>> '{backFen}')
          is distinct from (s.missing_units::text, s.missing_fen::text, s.listing_id::text,
            s.quantity::text, s.unit_price_fen::text, s.fen::text, (s.missing_fen - s.fen)::text)
      union all
      select s.id::text from asked s left join substitution_lots h on h.substitution_id = s.id
      left join lots t on t.id = h.lot_id and t.listing_id = s.listing_id
        and t.relief_account_id = h.relief_account_id
      group by s.id, s.quantity, s.fen, s.fee_basis_points
      having count(*) <> count(t.id) or sum(h.quantity) <> s.quantity
        or sum(h.fen) <> s.fen - s.fen * s.fee_basis_points / 10000
      union all
      select s.id::text from asked s left join line on line.id = s.id
      where s.is_yes and (line.roots is distinct from 1 or line.quantity <> s.quantity
        or line.fen <> s.fen)
      union all
      select id::text from line where is_odd
      union all
      select id::text from lot
      union all
      select id::text from moved group by id, is_sale, code, order_line_id, relief_account_id
      having sum(fen) <> 0
      union all
      select s.id::text from asked s
      left join substitution_parts g on g.substitution_id = s.id
      group by s.id, s.is_yes, s.fen, s.slug
      having coalesce(sum(g.fen), 0) <> case when s.is_yes then s.fen else 0 end
        or bool_or(g.account_code !~ '^relief:' and g.account_code <> 'coop-fee:' || s.slug)
      union all
      select s.id::text from asked s left join refunds r on r.id = s.refund_id
      left join given on given.refund_id = r.id
      where s.is_yes and ((r.id is null) <> (s.fen = s.missing_fen)
        or r.id is not null and (r.order_id <> s.order_id or r.fen <> s.missing_fen - s.fen
          or r.idempotency_key <> 'refund:' || r.payment_id || ':substitute:' || s.id
          or ${givesOtherwise(sql`s.order_line_id`)}))
      union all
      select split_part(r.idempotency_key, ':', 4) from refunds r
      left join substitutions s on s.refund_id = r.id and s.state = 'accepted'
      where r.idempotency_key ~ '^refund:[^:]+:substitute:' and s.id is null
      union all
      select s.id::text from asked s left join line_shortages h on h.parcel_id = s.parcel_id
        and h.client_key = 'substitution:' || s.id
      where s.refund_id is distinct from h.refund_id and not s.is_yes or s.is_yes and h.id is not null
        or h.order_line_id <> s.order_line_id or h.quantity <> s.missing_units or h.reason <> s.reason
      union all
      select id from (
        select id::text, parcel_id::text as parcel, order_line_id::text as line,
          missing_units::text as units, missing_fen::text as missing, reason,
          listing_id::text as listing, quantity::text, unit_price_fen::text as price,
          asked_by as by, null as state, null as refund,
          null as consent, 1 as times
        from substitutions
        union all
        select id::text, parcel_id::text, null, null, null, null, null, null, null, ended_by, state,
          refund_id::text, consent::text, 1 from substitutions where state <> 'open'
        union all
        select after ->> 'substitution_id', subject_id::text, after ->> 'order_line_id',
          after ->> 'missing_units', after ->> 'missing_fen', after ->> 'reason',
          after ->> 'listing_id', after ->> 'quantity', after ->> 'unit_price_fen', actor_user_id,
          after ->> 'state', after ->> 'refund_id', (after -> 'consent')::text, -1
        from audit_log where subject_type = 'parcel'
          and action in ('parcel.substitute-asked', 'parcel.substitute-ended',
            'parcel.substitute-withdrawn')
      ) each group by id, parcel, line, units, missing, reason, listing, quantity, price, by, state, refund,
        consent
      having sum(times) <> 0
    ) differing(id) order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "substitute-differs", ...row }));
}
