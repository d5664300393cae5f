import { type Kysely, sql } from "kysely";
import { sumsOf } from "#app/domain/ledger/account-sums.ts";
import { monthOf, monthSumsOf } from "#app/domain/ledger/month-sums.ts";
import { GOING_BACK } from "#app/domain/payouts/going-back.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { familyOf } from "../orders/line-family.ts";
import { notReplaced } from "../stock/not-replaced.ts";

/** What one order line brought the household, in fen; amounts of other households are not in it. */
export type Sale = {
  orderLineId: string;
  listingId: string;
  soldAt: Date;
  orderNumber: string;
  titleZh: string;
  titleEn: string;
  unit: string;
  unitGrams: number;
  /** Sale units that came from this household. */
  quantity: number;
  /** What the buyer paid for them. */
  priceFen: number;
  /** What the cooperative keeps of it. */
  feeFen: number;
  /** What the ledger credited to the household's relief account. */
  earnedFen: number;
  /** What refunds took back from it. */
  refundedFen: number;
  reliefCode: string;
};

export type Sales = {
  sales: Sale[];
  /** Give it as `before` for the next, older page; null on the last. */
  olderBefore: string | null;
};

/** The seq of a ledger transaction; anything else is the newest page. */
function readCursor(text: string | undefined): string {
  return /^\d{1,18}$/.test(text ?? "") ? `${text}` : `${Number.MAX_SAFE_INTEGER}`;
}

/**
 * What the household's newest orders sold of its own, in the ledger's order, newest first: at most
 * `lines` a page, and never a part of an order (one with more lines has a page to itself). The amounts are the postings on its own relief accounts, so
 * that the list adds up to what the ledger owes. Pages go by key, so that they stay put while new
 * sales come in and an old page reads no more than the newest. Locks nothing.
 */
export async function readSales(
  db: Kysely<DB>,
  scope: HouseholdScope,
  { lines, before }: { lines: number; before?: string },
): Promise<Sales> {
  const { rows } = await sql<Sale & { seq: number; isMore: boolean }>`
    with mine as materialized (
      select id, code, ledger_account_id from relief_accounts
      where household_id = ${scope.householdId}
    ), sold as materialized (
      select newest.seq from mine cross join lateral (
        select p.transaction_seq as seq from postings p
        cross join lateral (
          select kind from ledger_transactions where seq = p.transaction_seq limit 1) t
        where t.kind = 'sale' and p.account_id = mine.ledger_account_id
          and p.order_line_id is not null and p.transaction_seq < ${readCursor(before)}::bigint
        order by 1 desc limit ${lines + 1}) newest
      order by 1 desc limit ${lines + 1}
    ), earned as (
      select p.transaction_seq as seq, p.transaction_id, p.order_line_id, mine.id, mine.code,
        mine.ledger_account_id, -sum(p.fen) as fen
      from mine join postings p on p.account_id = mine.ledger_account_id
        and p.transaction_seq in (select seq from sold) and p.order_line_id is not null
      group by p.transaction_seq, p.transaction_id, p.order_line_id, mine.id, mine.code,
        mine.ledger_account_id
    )
    select e.seq, (select count(*) from sold) > ${lines} as "isMore", l.id as "orderLineId", l.listing_id as "listingId", t.occurred_at as "soldAt",
      o.number as "orderNumber", l.title_zh as "titleZh", l.title_en as "titleEn", l.unit,
      l.unit_grams as "unitGrams", a.quantity, a.quantity * l.unit_price_fen as "priceFen",
      a.quantity * l.unit_price_fen - e.fen as "feeFen", e.fen as "earnedFen",
      refund.fen as "refundedFen", e.code as "reliefCode"
    from earned e
    join ledger_transactions t on t.id = e.transaction_id
    join order_lines l on l.id = e.order_line_id
    join orders o on o.id = l.order_id
    cross join lateral (
      select coalesce(sum(back.fen), 0) as fen from postings back
      where back.order_line_id in ${familyOf(sql`l.id`)} and back.account_id = e.ledger_account_id
        and back.transaction_id <> e.transaction_id
    ) refund
    cross join lateral (
      select sum(part.quantity) as quantity from allocations part
      where part.order_line_id in ${familyOf(sql`l.id`)} and part.relief_account_id = e.id
        and ${notReplaced("part")}
    ) a
    order by e.seq desc, l.id desc, e.code`.execute(db);
  // The last order may have lines beyond what was looked at: it opens the next page.
  const seqs = [...new Set(rows.map(({ seq }) => seq))];
  const isMore = rows[0]?.isMore ?? false;
  const oldest = seqs.at(isMore && seqs.length > 1 ? -2 : -1) ?? 0;
  return {
    sales: rows.filter(({ seq }) => seq >= oldest).map(({ seq: _, isMore: __, ...sale }) => sale),
    olderBefore: isMore ? String(oldest) : null,
  };
}

export type EarningTotals = {
  /** What the ledger owes the household now; negative after a refund of what was paid out. */
  owedFen: number;
  /** What reached its bank account. */
  paidFen: number;
  /** Of the owed, what stands in a payout run that is being made. */
  onTheWayFen: number;
  /** Of the owed, what refunds under way will take: it goes to buyers, and is not paid out. */
  goingBackFen: number;
  /** Earned since the first of this month in Shanghai, refunds taken off. */
  monthFen: number;
  reliefCodes: string[];
};

/** The household's sums in fen, by the ledger and the refunds under way, in one statement. Locks nothing. */
export async function readEarningTotals(
  db: Kysely<DB>,
  scope: HouseholdScope,
  now: Date = new Date(),
): Promise<EarningTotals> {
  const { rows } = await sql<EarningTotals>`
    with mine as materialized (
      select id, code, ledger_account_id from relief_accounts
      where household_id = ${scope.householdId}
    )
    select coalesce(-sum(sums.balance_fen), 0) as "owedFen",
      coalesce(sum(sums.payout_fen), 0) as "paidFen",
      (select coalesce(sum(payout_fen - balance_fen), 0)
        from ${monthSumsOf(sql`select ledger_account_id as id from mine`)} month
        where month = ${monthOf(sql`${now}::timestamptz`)}) as "monthFen",
      (select coalesce(sum(o.fen), 0) from payouts o join mine on mine.id = o.relief_account_id
        where o.status = 'prepared') as "onTheWayFen",
      (select coalesce(sum(back.fen), 0) from ${GOING_BACK} back
        join mine on mine.id = back.relief_account_id) as "goingBackFen",
      coalesce(array_agg(mine.code order by mine.code), '{}') as "reliefCodes"
    from mine
    cross join lateral ${sumsOf(sql`mine.ledger_account_id`)} sums`.execute(db);
  const totals = rows[0];
  if (!totals) throw new Error("a sum has one row");
  return totals;
}
