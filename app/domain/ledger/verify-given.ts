import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { lostFen } from "../payments/lost-fen.ts";
import { TWICE_FEN } from "../payments/plan-given.ts";
import { GIVEN_BY_HAND } from "../payments/refund-reasons.ts";
import { leftOf } from "./verify-left.ts";

export type GivenDifference = { kind: "given-differs"; paymentId: string };

/** So many of each are named: beyond that the first tell enough. */
const MOST_NAMED = 100;

/**
 * Payments of which refunds
 * - come to more than was paid, given twice (plan-given.ts) and by banks apart, or were asked for of what a bank
 *   had given the buyer before;
 * - say that they were given twice although nobody gave them by hand, or while something is left
 *   that they should have been counted for (recount-given.ts);
 * - were paid by bank transfer out of anything else than what is kept for the buyer, or are a transfer
 *   by their reason or their bank's reference only.
 * Locks nothing.
 */
export async function overGiven(trx: Transaction<DB>): Promise<GivenDifference[]> {
  const { rows } = await sql<{ paymentId: string }>`
    with refund as materialized (
      select r.id, r.payment_id, r.order_id, r.status, r.reason, r.fen, r.idempotency_key,
        r.bank_reference is not null as is_transfer, r.dispute_id is not null as is_by_bank,
        ${TWICE_FEN} as twice_fen
      from refunds r
    ), sum as (
      select y.id, y.order_id, y.fen as paid_fen, aside.id is not null as is_aside,
        sum(r.fen - r.twice_fen) filter (where r.status <> 'failed' and not r.is_by_bank) as fen,
        bool_or(r.twice_fen > 0 and r.status in ('pending', 'succeeded')) as is_twice
      from refund r join payments y on y.id = r.payment_id
      left join ledger_transactions aside on aside.idempotency_key = 'suspense:' || y.id
      group by y.id, aside.id
    ), rest as (
      select order_id, sum(greatest(0, fen - asked)) as fen
      from (${leftOf(sql`select order_id from sum where is_twice and not is_aside`)}) l group by 1
    )
    select distinct id as "paymentId" from (
      select id from sum where fen > paid_fen or is_twice and is_aside and fen < paid_fen
      union all
      select sum.id from sum join rest using (order_id)
      where sum.is_twice and not sum.is_aside and rest.fen > 0
      union all
      select payment_id from refund
      where twice_fen > 0 and reason <> 'by-hand' or is_transfer <> (reason = 'by-transfer')
      union all
      select r.payment_id from refund r join refund_parts s on s.refund_id = r.id
      where r.is_transfer and s.account_code not like 'owed:%'
      union all
      select r.payment_id from refund r join sum on sum.id = r.payment_id
      where r.status = 'requested' and r.reason <> 'by-hand'
        and ${lostFen(sql`sum.id`)} + (select sum(e.fen - e.twice_fen) from refund e
          where e.payment_id = r.payment_id and e.status <> 'failed' and not e.is_by_bank and e.id <= r.id) > sum.paid_fen
        and r.id > all (select t.id from disputes d join ledger_transactions t
          on t.cause_type = 'dispute' and t.cause_id = d.id and t.idempotency_key like 'dispute-lost:%'
          where d.payment_id = sum.id)
        and not exists (select from refunds g where g.payment_id = r.payment_id
          and r.idempotency_key = 'refund:' || g.payment_id || ':rest:' || g.stripe_refund_id)
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "given-differs", ...row }));
}

/**
 * Payments of which refunds are let go of as given by hand (adopt-refund.ts), and were not: those
 * given by hand came, line by line and account by account, to less than them, what is asked for anew
 * of them apart; or nothing was, after them; or, where one stood as given twice (recount-given.ts), it
 * was not written down again. Locks nothing.
 */
export async function ungivenByHand(trx: Transaction<DB>): Promise<GivenDifference[]> {
  const { rows } = await sql<{ paymentId: string }>`
    with gone as materialized (
      select r.id, r.payment_id, r.fen, r.stripe_refund_id, posted.id is not null as is_posted,
        ${TWICE_FEN} as twice_fen
      from refunds r left join ledger_transactions posted on posted.idempotency_key = 'refund:' || r.id
      where r.status = 'failed' and r.failure = ${GIVEN_BY_HAND}
    ), role as (
      select id, payment_id, fen, 1 as sign, true as is_rest from gone where not is_posted
      union all
      select r.id, r.payment_id, r.fen, -1, r.idempotency_key like 'refund:%:rest:%'
      from refunds r where r.payment_id in (select payment_id from gone where not is_posted)
        and (r.idempotency_key like 'refund:%:rest:%'
          or r.reason = 'by-hand' and r.idempotency_key not like 'refund:%:again:%')
    ), part as (
      select role.payment_id, role.sign, role.is_rest, s.account_code, s.order_line_id,
        s.relief_account_id, s.replaces_refund_id, s.fen
      from role join refund_parts s on s.refund_id = role.id
      union all
      select payment_id, sign, is_rest, null, null, null, null, fen from role
    )
    select distinct payment_id as "paymentId" from (
      select payment_id from part
      group by payment_id, account_code, order_line_id, relief_account_id, replaces_refund_id
      having sum(sign * fen) filter (where sign > 0) > 0 and sum(sign * fen) > 0
        or sum(sign * fen) filter (where is_rest) < 0
      union all
      select payment_id from gone
      where stripe_refund_id is not null or is_posted and (twice_fen = 0 or not exists (
          select from refunds again where again.payment_id = gone.payment_id and again.fen = gone.fen
            and again.idempotency_key = 'refund:' || gone.payment_id || ':again:' || gone.id))
        or not is_posted and not exists (select from refunds g
          where g.payment_id = gone.payment_id and g.reason = 'by-hand' and g.id > gone.id)
      union all
      select g.payment_id from gone g join refund_parts s on s.replaces_refund_id = g.id
    ) differing order by 1 limit ${MOST_NAMED}`.execute(trx);
  return rows.map((row) => ({ kind: "given-differs", ...row }));
}
