import { type Kysely, sql } from "kysely";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
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

type Page = { limit: number; offset: number };

/**
 * The household's sales, newest first. The amounts are the postings on its own relief accounts,
 * so that the list adds up to what the ledger owes. Locks nothing.
 */
export async function readSales(
  db: Kysely<DB>,
  scope: HouseholdScope,
  { limit, offset }: Page,
): Promise<{ sales: Sale[]; total: number }> {
  const { rows } = await sql<Sale & { total: number }>`
    with earned as (
      select p.order_line_id, r.id as relief_account_id, r.code,
        -sum(p.fen) filter (where t.kind = 'sale') as earned,
        coalesce(sum(p.fen) filter (where t.kind <> 'sale'), 0) as refunded,
        min(t.occurred_at) as sold_at
      from relief_accounts r
      join postings p on p.account_id = r.ledger_account_id and p.order_line_id is not null
      join ledger_transactions t on t.id = p.transaction_id
      where r.household_id = ${scope.householdId}
      group by p.order_line_id, r.id, r.code
    )
    select l.id as "orderLineId", l.listing_id as "listingId", e.sold_at as "soldAt",
      o.number as "orderNumber", l.title_zh as "titleZh", l.title_en as "titleEn", l.unit,
      l.unit_grams as "unitGrams", a.quantity, a.quantity * l.unit_price_fen as "priceFen",
      a.quantity * l.unit_price_fen - e.earned as "feeFen", e.earned as "earnedFen",
      e.refunded as "refundedFen", e.code as "reliefCode", count(*) over () as total
    from earned e
    join order_lines l on l.id = e.order_line_id
    join orders o on o.id = l.order_id
    join lateral (
      select sum(part.quantity) as quantity from allocations part
      where part.order_line_id = l.id and part.relief_account_id = e.relief_account_id
        and ${notReplaced("part")}
    ) a on true
    where e.earned is not null
    order by e.sold_at desc, l.id desc
    limit ${limit} offset ${offset}`.execute(db);
  return {
    sales: rows.map(({ total: _, ...sale }) => sale),
    total: rows[0]?.total ?? 0,
  };
}

export type EarningTotals = {
  /** What the ledger owes the household now; negative after a refund of what was paid out. */
  owedFen: number;
  /** What reached its bank account. */
  paidFen: number;
  /** Of the owed, what stands in a payout run that is being made. */
  onTheWayFen: number;
  /** Earned since the first of this month in Shanghai, refunds taken off. */
  monthFen: number;
  reliefCodes: string[];
};

/** The household's sums in fen, by the ledger, in one statement. Locks nothing. */
export async function readEarningTotals(
  db: Kysely<DB>,
  scope: HouseholdScope,
  now: Date = new Date(),
): Promise<EarningTotals> {
  const { rows } = await sql<EarningTotals>`
    with mine as (select id, code, ledger_account_id from relief_accounts
      where household_id = ${scope.householdId}),
    moved as (
      select p.fen, t.kind, t.occurred_at, p.order_line_id from mine
      join postings p on p.account_id = mine.ledger_account_id
      join ledger_transactions t on t.id = p.transaction_id
    )
    select coalesce(-sum(fen), 0) as "owedFen",
      coalesce(sum(fen) filter (where kind in ('payout', 'payout-bounce')), 0) as "paidFen",
      coalesce(-sum(fen) filter (where order_line_id is not null
        and date_trunc('month', occurred_at at time zone 'Asia/Shanghai')
          = date_trunc('month', ${now}::timestamptz at time zone 'Asia/Shanghai')), 0) as "monthFen",
      (select coalesce(sum(o.fen), 0) from payouts o join mine on mine.id = o.relief_account_id
        where o.status = 'prepared') as "onTheWayFen",
      (select coalesce(array_agg(code order by code), '{}') from mine) as "reliefCodes"
    from moved`.execute(db);
  const totals = rows[0];
  if (!totals) throw new Error("a sum has one row");
  return totals;
}
