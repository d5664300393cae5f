import { type Kysely, sql } from "kysely";
import { settlePayment } from "#app/domain/payments/settle-payment.ts";
import type { DB } from "#db/schema.d.ts";
import type { TestPayments } from "#tests/setup/payments.ts";

/** An order paid once more on another payment page: put aside, and on its way back. */
export async function payAgain(
  db: Kysely<DB>,
  payments: TestPayments,
  { orderId, totalFen }: { orderId: string; totalFen: number },
) {
  const product = { currency: "cny", unit_amount: totalFen, product_data: { name: "again" } };
  const page = await payments.stripe.checkout.sessions.create({
    ...{ mode: "payment", client_reference_id: orderId },
    line_items: [{ quantity: 1, price_data: product }],
    ...{ success_url: "http://localhost:3000/", cancel_url: "http://localhost:3000/" },
  });
  if (!(await payments.pay(page.url ?? ""))) throw new Error("the payment was refused");
  const settled = await settlePayment(db, payments.gateway, { checkoutSessionId: page.id });
  if (!settled.ok || settled.outcome !== "refunding") throw new Error("it is not put aside");
  const { rows } = await sql<{ id: string; paymentIntentId: string; chargeId: string }>`
    select id, payment_intent_id as "paymentIntentId", charge_id as "chargeId" from payments
    where order_id = ${orderId} order by id desc limit 1`.execute(db);
  const [payment] = rows;
  if (!payment) throw new Error("there is no second payment");
  return payment;
}
