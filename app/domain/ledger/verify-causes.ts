import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { REVERSED_LINES } from "./entry-of-line.ts";

export type CauseDifference =
  | {
      kind: "unposted";
      what:
        | "sale"
        | "payment"
        | "refund"
        | "taken-back"
        | "payout"
        | "bounce"
        | "dispute"
        | "line"
        | "reversal";
      id: string;
    }
  | { kind: "owner-differs"; reliefCode: string };

/** So many of each are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

type Unposted = Omit<Extract<CauseDifference, { kind: "unposted" }>, "kind">;

/** SQL: nothing in the ledger has this key. */
const isMissing = (key: string) =>
  sql`not exists (select from ledger_transactions t where t.idempotency_key = ${sql.raw(key)})`;

/**
 * Money that moved and stands nowhere in the ledger. What is not sealed yet can be taken away
 * without a seal noticing it, and so can what never was posted: the orders, payments, refunds and
 * payouts tell it. Of an order's payments one is its sale, and each other was put aside; a refund
 * that failed after it was posted was taken back. Of a dispute that is lost a bank has taken the money, and of one that is open once Stripe's balance
 * shows it: by a fee that we posted of it, or by a line that was taken down an hour ago and more.
 * Of Stripe's lines each that was booked has its entry, that nobody has reversed, and one posted of a
 * dispute its fee; and of each entry that the audit log says to be reversed there is the reversal.
 * Locks nothing.
 */
export async function unposted(trx: Transaction<DB>): Promise<CauseDifference[]> {
  const { rows } = await sql<Unposted>`
    with taken as (
      select id, order_id, row_number() over (partition by order_id order by id) as turn
      from payments where ${isMissing("'suspense:' || payments.id")}
    ), reversed as materialized (
      select line, max(turn) as turns from ${REVERSED_LINES} each group by line
    )
    select 'sale' as what, id from orders
      where paid_at is not null and ${isMissing("'sale:' || orders.id")}
    union
    select 'sale', order_id from taken where turn = 1 and ${isMissing("'sale:' || order_id")}
    union all
    select 'payment', id from taken where turn > 1
    union all
    select 'refund', id from refunds
      where status in ('pending', 'succeeded') and ${isMissing("'refund:' || refunds.id")}
    union all
    select 'taken-back', id from refunds
      where status = 'failed' and not ${isMissing("'refund:' || refunds.id")}
        and ${isMissing("'refund-failed:' || refunds.id")}
    union all
    select 'payout', id from payouts
      where status in ('paid', 'bounced') and ${isMissing("'payout:' || payouts.id")}
    union all
    select 'bounce', id from payouts
      where status = 'bounced' and ${isMissing("'payout-bounce:' || payouts.id")}
    union all
    select 'dispute', d.id from disputes d join payments p on p.id = d.payment_id
      where d.fen > 0 and ${isMissing("'dispute:' || p.order_id")}
        and not exists (select from ledger_transactions t
          where t.cause_type = 'dispute' and t.cause_id = d.id and t.idempotency_key like 'dispute:%')
        and (d.status = 'lost' or exists (select from ledger_transactions t
            where t.cause_type = 'dispute' and t.cause_id = d.id)
          or exists (select from stripe_movements m where m.source = d.stripe_dispute_id
            and m.fen <> 0 and not m.created_at between now() - interval '1 hour' and clock_timestamp()))
    union all
    select 'line', m.id from stripe_movements m
      left join reversed back on back.line = m.stripe_id
      cross join lateral (select case
        when m.category in ('fee', 'payout', 'payout_reversal', 'topup', 'topup_reversal') then 'stripe-movement:'
        when m.fee_fen = 0 then null when m.category = 'charge' then 'charge-fee:'
        when m.category in ('refund', 'refund_failure') then 'refund-fee:' end as prefix) entry
      where m.booked_at is not null and (m.fen <> 0 or m.fee_fen <> 0)
        and entry.prefix is not null
        and ${isMissing("entry.prefix || m.stripe_id || coalesce(':' || back.turns + 1, '')")}
        or m.fee_fen <> 0 and ${isMissing("'dispute-fee:' || m.stripe_id")}
          and not ${isMissing("'dispute:' || m.stripe_id")}
    union all
    select 'reversal', subject_id from audit_log noted
      where subject_type = 'ledger-transaction' and action = 'ledger.reversed'
        and not exists (select from ledger_transactions t where t.reverses_id = noted.subject_id)
    order by 1, 2 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "unposted", ...row }));
}

/**
 * Relief accounts that belong to another household than what it offered, sold and was paid says, or to
 * another ledger account than the sealed postings with its tag; and those that are gone. Locks
 * nothing.
 */
export async function differingOwners(trx: Transaction<DB>): Promise<CauseDifference[]> {
  const { rows } = await sql<{ reliefCode: string }>`
    with posted as (
      select distinct account_id, relief_account_id from postings
    ), taken as (
      select distinct lot_id, relief_account_id from allocations
    )
    select r.code as "reliefCode" from relief_accounts r
    left join ledger_accounts a on a.id = r.ledger_account_id
    where a.code is distinct from 'relief:' || r.code
    union
    select r.code from relief_accounts r join posted p on p.account_id = r.ledger_account_id
    where p.relief_account_id is distinct from r.id
    union
    select r.code from relief_accounts r join payouts o on o.relief_account_id = r.id
    where o.household_id <> r.household_id
    union
    select r.code from relief_accounts r join lots t on t.relief_account_id = r.id
    left join listings g on g.id = t.listing_id and not g.is_pooled
    where t.household_id <> r.household_id or g.created_by_household_id <> r.household_id
    union
    select r.code from relief_accounts r join taken x on x.relief_account_id = r.id
    left join lots t on t.id = x.lot_id where t.relief_account_id is distinct from r.id
    union
    select substr(a.code, 8) from ledger_accounts a
    where a.code like 'relief:%'
      and not exists (select from relief_accounts r where r.ledger_account_id = a.id)
    order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "owner-differs", ...row }));
}
