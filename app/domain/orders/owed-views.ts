import { sql } from "kysely";
import { causedByOrder } from "../payments/caused-by-order.ts";
import { leftFen } from "../payments/left-fen.ts";

/** What could not go back the way it came, and was paid to the buyer's bank account. */
export type OrderViewTransfer = {
  id: string;
  /** In the smallest unit of the currency. */
  fen: number;
  currency: string;
  /** Of a payment that was put aside, not of what made the order paid. */
  isAside: boolean;
  /** The day in China. */
  paidOn: string;
  reference: string;
};

/** SQL: payment `y` was put aside, and made no order paid. */
export const IS_ASIDE = sql`exists (
  select from ledger_transactions t where t.idempotency_key = 'suspense:' || y.id)`;

/** An order's bank transfers, oldest first, as a column of a query on `orders`. */
export const TRANSFERS = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'fen', f.fen, 'currency', y.currency,
    'isAside', ${IS_ASIDE}, 'paidOn', f.paid_on, 'reference', f.bank_reference) order by f.id), '[]')
  from refunds f join payments y on y.id = f.payment_id
  where f.order_id = orders.id and f.bank_reference is not null and f.status = 'succeeded')`;

const LEFT = leftFen(sql`y`);

/**
 * What is kept for an order's buyer (see owe-buyer.ts and owe-promise.ts) and is on its way to her by no refund, in fen,
 * as a column of a query on `orders`.
 */
export const KEPT = sql<number>`(
  select -coalesce(sum(moved.fen), 0)::bigint from (
    select p.fen from ledger_transactions t
    join postings p on p.transaction_id = t.id
    join ledger_accounts a on a.id = p.account_id and a.code like 'owed:%'
    where ${causedByOrder(sql`orders.id`)}
    union all
    select s.fen from refunds r join refund_parts s on s.refund_id = r.id
    where r.order_id = orders.id and r.status = 'requested' and s.account_code like 'owed:%'
  ) moved)`;

/** SQL: what is left of payments put aside of which a refund has failed. */
const ASIDE = sql`(
  select coalesce(sum(greatest(0, ${LEFT})), 0)::bigint from payments y
  where y.order_id = orders.id and y.currency = 'cny' and ${IS_ASIDE}
    and exists (select from refunds f where f.payment_id = y.id
      and (f.status = 'failed' or f.bank_reference is not null)))`;

/**
 * What should have gone back to an order's buyer, could not, and is still owed to her, in fen, as a
 * column of a query on `orders`: what is kept for her, and of payments that were put aside.
 */
export const STILL_OWED = sql<number>`${KEPT} + ${ASIDE}`;

/** As a column of a query on `orders`: whether a payment of another sum or currency waits for the operator. */
export const IS_MONEY_HELD = sql<boolean>`exists (
  select from payments y where y.order_id = orders.id and y.status = 'suspense' and ${LEFT} > 0
    and not exists (select from refunds f where f.payment_id = y.id
      and f.reason in ('late-payment', 'second-payment')))`;
