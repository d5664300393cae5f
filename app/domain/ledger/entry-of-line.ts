import { type RawBuilder, sql } from "kysely";

/** What is booked of Stripe's lines by themselves (see entry-of.ts), as its keys begin. */
const OF_LINES = "^(charge-fee|refund-fee|stripe-movement):";

/** SQL: whether the transaction `t` was booked of one of Stripe's lines and is no reversal. */
export const IS_OF_LINE = sql<boolean>`(t.idempotency_key ~ ${sql.lit(OF_LINES)}
  and t.kind in ('stripe-fee', 'stripe-payout') and t.reverses_id is null)`;

/** SQL: under which id Stripe has, or had, the line of which `t` was booked. */
export const LINE_OF_ENTRY = sql<string>`split_part(t.idempotency_key, ':', 2)`;

/**
 * SQL: whether Stripe's line `m` moves something else than was booked of it in `t`: nothing, as a
 * reconciliation has not found it there, or another amount, in another currency, as another thing.
 */
export const DIFFERS_FROM_LINE: RawBuilder<boolean> = sql<boolean>`exists (
  select from (
    select a.code, p.fen from postings p join ledger_accounts a on a.id = p.account_id
    where p.transaction_id = t.id and a.code like 'stripe:clearing%'
    union all
    select 'stripe:clearing' || case when m.currency = 'cny' then '' else '-' || m.currency end,
      case when m.missing_at is not null then 0
        when t.idempotency_key like 'charge-fee:%' and m.category = 'charge' then m.fee_fen
        when t.idempotency_key like 'refund-fee:%' and m.category in ('refund', 'refund_failure')
          then m.fee_fen
        when t.idempotency_key like 'stripe-movement:%' and m.category in ('fee', 'payout',
          'payout_reversal', 'topup', 'topup_reversal') then m.fee_fen - m.fen
        else 0 end
  ) either group by code having sum(fen) <> 0)`;

/** SQL: each entry of a line that was reversed, in turn: (line, turn, key, cause_type, kind, cause_id). */
export const REVERSED_LINES = sql`(
  select ${LINE_OF_ENTRY} as line,
    row_number() over (partition by ${LINE_OF_ENTRY} order by t.seq) as turn,
    t.idempotency_key as key, t.cause_type, t.kind, t.cause_id
  from ledger_transactions back join ledger_transactions t on t.id = back.reverses_id
  where back.idempotency_key like 'reversal:%' and ${IS_OF_LINE})`;

/** How the key of a line's entry ends that is booked after so many were reversed: "", ":2", ":3". */
export const turnOf = (reversed: number) => (reversed === 0 ? "" : `:${reversed + 1}`);
