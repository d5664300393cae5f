import { type Transaction as DbTransaction, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { CheckoutPayment } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { noteSale } from "../messages/note-sale.ts";
import type { LockedOrder } from "../orders/lock-order.ts";
import { type OrderEffect, orderStep } from "../orders/order-states.ts";
import { endHold } from "../stock/end-hold.ts";
import { takeAgain } from "../stock/take-again.ts";
import { postSale } from "./post-sale.ts";
import { postSuspense } from "./post-suspense.ts";
import type { RefundReason } from "./refund-reasons.ts";
import { requestRefund } from "./request-refund.ts";

/**
 * `settled`: the order is paid. `suspended`: the amount or currency is not the order's, the money
 * waits for the operator. `refunding`: it came too late or twice and goes back by itself.
 */
export type Received = "settled" | "suspended" | "refunding";

/**
 * What an earlier run made of this payment, so that a second run answers the same: by the books,
 * since a payment's status goes on changing with its refunds and disputes.
 */
async function earlierOutcome(
  trx: DbTransaction<DB>,
  paymentIntentId: string,
): Promise<Received | null> {
  const { rows } = await sql<{ isAside: boolean; isRefunding: boolean }>`
    select exists (select from ledger_transactions t
        where t.idempotency_key = 'suspense:' || p.id) as "isAside",
      exists (select from refunds r where r.payment_id = p.id
        and r.reason in ('late-payment', 'second-payment')) as "isRefunding"
    from payments p where p.payment_intent_id = ${paymentIntentId}`.execute(trx);
  const known = rows[0];
  if (!known) return null;
  if (known.isRefunding) return "refunding";
  return known.isAside ? "suspended" : "settled";
}

async function keepPayment(
  trx: DbTransaction<DB>,
  order: LockedOrder,
  checkoutSessionId: string,
  payment: CheckoutPayment,
  status: "succeeded" | "suspense",
): Promise<string> {
  const id = uuidv7();
  await trx
    .insertInto("payments")
    .values({
      id,
      order_id: order.id,
      checkout_session_id: checkoutSessionId,
      payment_intent_id: payment.paymentIntentId,
      charge_id: payment.chargeId,
      balance_transaction_id: payment.balanceTransactionId,
      status,
      fen: payment.fen,
      currency: payment.currency,
      paid_at: payment.paidAt,
    })
    .execute();
  return id;
}

/** Stock is there: held until now, or found again after the hold had ended. */
async function secureStock(
  trx: DbTransaction<DB>,
  orderId: string,
  effects: readonly OrderEffect[],
): Promise<boolean> {
  if (effects.includes("take-stock-again")) return takeAgain(trx, orderId);
  await endHold(trx, orderId, "sold");
  return true;
}

async function markPaid(
  trx: DbTransaction<DB>,
  order: LockedOrder,
  status: string,
  payment: CheckoutPayment,
  now: Date,
): Promise<void> {
  await trx
    .updateTable("orders")
    .set({ status, paid_at: payment.paidAt, closed_at: null, updated_at: now })
    .where("id", "=", order.id)
    .execute();
  await sql`
    with waiting as (
      update parcels set status = 'waiting', updated_at = ${now}
      where order_id = ${order.id} returning id
    )
    insert into parcel_events (id, parcel_id, kind, occurred_at)
    select gen_random_uuid(), id, 'waiting', ${payment.paidAt} from waiting
    on conflict (parcel_id, kind) where kind <> 'shipment-corrected' do nothing`.execute(trx);
}

/**
 * Takes in one payment of one order, inside the transaction that holds the order's row: status,
 * stock, parcels and ledger move together. Each payment intent is taken in once; a second call
 * changes nothing and answers the same. Rules 1, 2 and 4 of the product.
 */
export async function receivePayment(
  trx: DbTransaction<DB>,
  order: LockedOrder,
  checkoutSessionId: string,
  payment: CheckoutPayment,
  now: Date,
): Promise<Received> {
  const earlier = await earlierOutcome(trx, payment.paymentIntentId);
  if (earlier) return earlier;

  const putAside = async (reason: RefundReason | null): Promise<Received> => {
    const id = await keepPayment(trx, order, checkoutSessionId, payment, "suspense");
    await postSuspense(trx, { id, ...payment }, payment.paidAt);
    if (reason === null) return "suspended";
    await requestRefund(trx, { paymentId: id, orderId: order.id, fen: payment.fen, reason });
    return "refunding";
  };

  const step = orderStep(order.status, "settled");
  const { rows: sold } = await sql`select 1 from ledger_transactions
    where idempotency_key = ${`sale:${order.id}`}`.execute(trx);
  if (step === null || sold.length > 0) return putAside("second-payment");
  if (payment.fen !== order.totalFen || payment.currency !== "cny") return putAside(null);
  if (!(await secureStock(trx, order.id, step.effects))) return putAside("late-payment");

  await keepPayment(trx, order, checkoutSessionId, payment, "succeeded");
  await markPaid(trx, order, step.to, payment, now);
  await postSale(trx, order, payment.paidAt);
  await noteSale(trx, order.id);
  return "settled";
}
