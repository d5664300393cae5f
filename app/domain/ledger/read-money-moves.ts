import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { isOrderNumber } from "../orders/order-number.ts";
import type { BuyerScope } from "../scopes.ts";
import { MOVES, type MoneyMove } from "./money-moves-rule.ts";
import { orderCauses } from "./order-causes.ts";

/** Of those who sold, what is kept for the buyer, and what the market bears itself, in CNY. */
const SHOWN = sql.lit("^(relief|coop-fee|freight|owed):|^(dispute-loss|given-twice):market$");

const SHARES = sql`(
  select jsonb_agg(jsonb_build_object('fen', fen, 'code', coalesce(relief_code, slug, code),
    'kind', case when relief_code is not null then 'household' when code like 'coop-fee:%' then 'fee'
      when code like 'freight:%' then 'freight' when code like 'owed:%' then 'kept'
      else 'market' end, 'nameZh', name_zh, 'nameEn', name_en)
    order by fen desc, code) as shares
  from (
    select a.code, r.code as relief_code, c.slug, -sum(p.fen) as fen,
      coalesce(h.alias_zh, c.name_zh) as name_zh, coalesce(h.alias_en, c.name_en) as name_en
    from postings p join ledger_accounts a on a.id = p.account_id
    left join relief_accounts r on a.code like 'relief:%' and r.code = split_part(a.code, ':', 2)
    left join households h on h.id = r.household_id
    left join cooperatives c on a.code ~ '^(coop-fee|freight|owed):'
      and c.slug = split_part(a.code, ':', 2)
    where p.transaction_id = t.id and a.code ~ ${SHOWN}
    group by a.code, r.code, c.slug, 5, 6 having sum(p.fen) <> 0) each)`;

/**
 * What the ledger has posted of the buyer's own order, oldest first: of the sale and of each refund,
 * claim and dispute after it who got and who gave how much, in fen, and since when it is sealed.
 * Entries that only move money between the market's own accounts (Stripe's fees, a bank's holds) are
 * left out. Empty of an order that is not paid, or not hers. One round trip, locks nothing.
 */
export async function readMoneyMoves(
  db: Kysely<DB>,
  buyer: BuyerScope,
  number: string,
): Promise<MoneyMove[]> {
  if (!isOrderNumber(number)) return [];
  const { rows } = await sql<MoneyMove>`
    select t.id, split_part(t.idempotency_key, ':', 1) as kind, t.occurred_at as "occurredAt",
      seal.created_at as "sealedAt", moved.shares
    from ${orderCauses(buyer, number)} cause
    join ledger_transactions t using (cause_type, cause_id)
    cross join lateral ${SHARES} moved
    left join lateral (
      select s.created_at from ledger_seals s
      where s.last_seq >= t.seq and s.first_seq <= t.seq limit 1) seal on true
    where moved.shares is not null order by t.seq`.execute(db);
  return rows.filter(({ kind }) => MOVES.includes(kind));
}
