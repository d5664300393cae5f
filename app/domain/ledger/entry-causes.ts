import { type RawBuilder, sql } from "kysely";
import type { FormName } from "./entry-forms.ts";
import { IS_OF_LINE, REVERSED_LINES } from "./entry-of-line.ts";

type Due = RawBuilder<unknown>;

const SEEDED_PAYMENT = sql`y.payment_intent_id like 'pi\\_seed\\_%'`;
const SEEDED_REFUND = sql`r.stripe_refund_id like 're\\_seed\\_%'`;

/** Once of each row, under its id. */
const once = (table: string, key: string): Due =>
  sql`select id as cause_id, ${sql.lit(`${key}:`)} || id as key, null as reversed from ${sql.table(table)}`;

/** Any number of times of each row, counted. */
const counted = (table: string, cause: string, key: string): Due => sql`
  select t.cause_id, ${sql.lit(`${key}:`)} || t.cause_id || ':'
    || row_number() over (partition by t.cause_id order by t.seq), null
  from ledger_transactions t join ${sql.table(table)} c on c.id = t.cause_id
  where t.cause_type = ${sql.lit(cause)} and t.idempotency_key like ${sql.lit(`${key}:%`)}`;

/** Under an id of Stripe's that it tells with its cause: reconcile finds it there. */
const told = (table: string, cause: string, key: string, reversed: Due = sql`null`): Due => sql`
  select t.cause_id, t.idempotency_key, ${reversed}
  from ledger_transactions t join ${sql.table(table)} c on c.id = t.cause_id
  where t.cause_type = ${sql.lit(cause)} and t.idempotency_key ~ ${sql.lit(`^${key}:[^:]+$`)}`;

/**
 * Of a line of Stripe's balance that was taken down, of a cause: under its id, and where what was
 * booked of it has been reversed (reverse-transaction.ts), each that was, and the one in its stead.
 */
const ofLine = (key: string, cause: Due, fits: Due): Due => sql`
  select c.id, ${sql.lit(`${key}:`)} || m.stripe_id || coalesce(':' || back.turns + 1, ''), null
  from stripe_movements m join ${cause}
  left join (select line, max(turn) as turns from ${REVERSED_LINES} each group by line) back
    on back.line = m.stripe_id
  where ${fits}
  union all
  select c.id, back.key, null from ${REVERSED_LINES} back
  join stripe_movements m on m.stripe_id = back.line join ${cause}
  where back.key = ${sql.lit(`${key}:`)} || m.stripe_id
    || case when back.turn = 1 then '' else ':' || back.turn end`;

/** A fee of it. */
const feeOf = (categories: string, cause: Due): Due =>
  ofLine(
    `${categories === "charge" ? "charge" : "refund"}-fee`,
    cause,
    sql`m.fee_fen <> 0 and m.category ~ ${sql.lit(`^(${categories})$`)}`,
  );

/**
 * Of which of our rows a refund of Stripe's is or once was, as (id, source): one that was counted anew
 * has left its id to the next (recount-given.ts), and stays the cause of the fee that Stripe took before.
 */
const AS_REFUND: Due = sql`(
  with recursive held as (
    select id, stripe_refund_id as source, idempotency_key as key
    from refunds where stripe_refund_id is not null
    union all
    select r.id, held.source, r.idempotency_key from held
    join refunds r on held.key = 'refund:' || r.payment_id || ':again:' || r.id
    where held.key like 'refund:%:again:%'
  ) select id, source from held)`;

/** What an operator has reversed of what was booked of lines, once, and noted why. */
const reversedByHand = (cause: string): Due => sql`
  select t.cause_id, 'reversal:' || t.id, t.idempotency_key
  from ledger_transactions t join ledger_transactions back on back.reverses_id = t.id
  join audit_log noted on noted.subject_type = 'ledger-transaction' and noted.subject_id = t.id
    and noted.action = 'ledger.reversed' and noted.actor_user_id <> ''
    and noted.after ->> 'reversalId' = back.id::text and noted.after ->> 'reason' <> ''
  where t.cause_type = ${sql.lit(cause)} and ${IS_OF_LINE}`;

/** A verdict and what took it back, in turn, each under the next number but for the first. */
const verdict = (isReversal: boolean): Due => sql`
  select cause_id, 'dispute-lost:' || cause_id || case when turn > 1 then ':' || turn else '' end,
    case when ${sql.lit(isReversal)} then before end
  from (
    select t.cause_id, row_number() over turns as turn, lag(t.idempotency_key) over turns as before
    from ledger_transactions t join disputes d on d.id = t.cause_id
    where t.cause_type = 'dispute' and t.idempotency_key like 'dispute-lost:%'
    window turns as (partition by t.cause_id order by t.seq)
  ) each where (turn % 2 = 0) = ${sql.lit(isReversal)}`;

/** Of each thing that replaced another with its buyer's consent. */
const ofSubstitutes = (key: string): Due => sql`
  select order_id, ${sql.lit(`${key}:`)} || id, null from substitutions where state = 'accepted'`;

/** Of each move of a cooperative's reserve that moved something. */
const ofReserve = (key: string, which: Due): Due =>
  sql`select id, ${sql.lit(`${key}:`)} || id, null from reserve_moves where ${which}`;

const own = (categories: string): Due =>
  ofLine(
    "stripe-movement",
    sql`stripe_movements c on c.id = m.id`,
    sql`m.category ~ ${sql.lit(`^(${categories})$`)}`,
  );

/**
 * SQL: of which rows each form may be posted, under which key, and of a reversal what it takes
 * back: (cause_id, key, reversed). What has no row here has no business in the ledger.
 */
export const ENTRY_CAUSES: Record<FormName, Due> = {
  "order sale sale": once("orders", "sale"),
  "order sale taken-over": sql`
    select y.order_id, 'taken-over:' || y.id, null from payments y where ${SEEDED_PAYMENT}`,
  "order refund owed": counted("orders", "order", "owed"),
  "order refund substituted": ofSubstitutes("substituted"),
  "order sale substitute": ofSubstitutes("substitute"),
  "order split split": sql`
    select s.order_id, 'split:' || s.id, null from parcel_splits s where exists (
      select from split_lines m where m.split_id = s.id and m.rest_line_id <> m.order_line_id)`,
  "order dispute dispute": sql`
    select y.order_id, 'dispute:' || y.order_id, null
    from payments y join disputes d on d.payment_id = y.id where ${SEEDED_PAYMENT}`,
  "payment suspense suspense": once("payments", "suspense"),
  "payment stripe-fee charge-fee": feeOf("charge", sql`payments c on c.charge_id = m.source`),
  "payment reversal reversal": reversedByHand("payment"),
  "refund refund refund": once("refunds", "refund"),
  "refund reversal refund-failed": sql`
    select id, 'refund-failed:' || id, 'refund:' || id from refunds`,
  "refund refund refund-owed": once("refunds", "refund-owed"),
  "refund refund taken-over": sql`
    select r.id, 'taken-over:' || r.id, null from refunds r where ${SEEDED_REFUND}`,
  "refund stripe-fee refund-fee": feeOf(
    "refund|refund_failure",
    sql`${AS_REFUND} c on c.source = m.source`,
  ),
  "refund reversal reversal": reversedByHand("refund"),
  "dispute dispute dispute": told("disputes", "dispute", "dispute"),
  "dispute stripe-fee dispute-fee": told("disputes", "dispute", "dispute-fee"),
  "dispute dispute dispute-lost": verdict(false),
  "dispute reversal dispute-lost": verdict(true),
  // Of a payment put aside nobody was given anything that could pay for its loss.
  "dispute dispute dispute-returned": sql`
    select due.* from (${counted("disputes", "dispute", "dispute-returned")}) due(cause_id, key, reversed)
    join disputes d on d.id = due.cause_id
    where not exists (select from ledger_transactions aside
      where aside.idempotency_key = 'suspense:' || d.payment_id)`,
  "dispute reversal reversal": sql`
    select cause_id, 'reversal:' || id, idempotency_key from ledger_transactions
    where cause_type = 'dispute' and idempotency_key like 'dispute-returned:%'`,
  "dispute reversal taken-over": sql`
    select d.id, 'taken-over:' || d.id, 'dispute:' || y.order_id
    from disputes d join payments y on y.id = d.payment_id where ${SEEDED_PAYMENT}`,
  "unmatched-payment suspense unmatched": once("unmatched_payments", "unmatched"),
  "unmatched-payment refund unmatched-refund": told(
    ...(["unmatched_payments", "unmatched-payment", "unmatched-refund"] as const),
  ),
  "unmatched-payment reversal unmatched-refund-failed": told(
    ...(["unmatched_payments", "unmatched-payment", "unmatched-refund-failed"] as const),
    sql`'unmatched-refund:' || split_part(t.idempotency_key, ':', 2)`,
  ),
  "unmatched-payment dispute dispute": told("unmatched_payments", "unmatched-payment", "dispute"),
  "unmatched-payment stripe-fee charge-fee": feeOf(
    "charge",
    sql`unmatched_payments c on c.charge_id = m.source`,
  ),
  "unmatched-payment stripe-fee refund-fee": feeOf(
    "refund|refund_failure",
    sql`(select cause_id as id, split_part(idempotency_key, ':', 2) as source
      from ledger_transactions where cause_type = 'unmatched-payment'
        and idempotency_key like 'unmatched-refund:%') c on c.source = m.source`,
  ),
  "unmatched-payment stripe-fee dispute-fee": told(
    ...(["unmatched_payments", "unmatched-payment", "dispute-fee"] as const),
  ),
  "unmatched-payment reversal reversal": reversedByHand("unmatched-payment"),
  "payout payout payout": once("payouts", "payout"),
  "payout payout-bounce payout-bounce": sql`
    select id, 'payout-bounce:' || id, 'payout:' || id from payouts`,
  "claim claim claim": sql`
    select id, 'claim:' || id, null from claims where fault <> 'farm' and refund_id is not null`,
  "reserve reserve reserve-in": ofReserve("reserve-in", sql`fen > 0`),
  "reserve reserve reserve-out": ofReserve("reserve-out", sql`fen < 0 and claim_id is null`),
  "reserve reserve reserve-draw": ofReserve("reserve-draw", sql`claim_id is not null`),
  "stripe-movement stripe-fee stripe-movement": own("fee"),
  "stripe-movement stripe-payout stripe-movement": own(
    "payout|payout_reversal|topup|topup_reversal",
  ),
  "stripe-movement reversal reversal": reversedByHand("stripe-movement"),
};
