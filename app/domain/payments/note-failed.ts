import type { Kysely } from "kysely";
import type { Charge } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { findRefund } from "./find-refund.ts";
import type { ChargedPayment } from "./plan-given.ts";
import { writeRefund } from "./request-refund.ts";

/**
 * Writes down what somebody gave back at Stripe by hand and her bank sent back, or Stripe cancelled,
 * before the books heard of it: as failed, out of no account. The buyer was told nothing, so it
 * promised her nothing and nobody gives for it, until the operator says that it was meant for her
 * (decide-failed.ts). Of a payment that was put aside nothing is written: all of that waits for the
 * operator anyhow. A second time changes nothing. Locks the order's row.
 */
export async function noteFailed(
  db: Kysely<DB>,
  payment: ChargedPayment,
  given: Charge["refunds"][number],
): Promise<void> {
  if (payment.isAside) return;
  await db.transaction().execute(async (trx) => {
    await lockOrder(trx, payment.order_id);
    if (await findRefund(trx, payment.id, given)) return;
    const { id } = await writeRefund(trx, {
      ...{ paymentId: payment.id, orderId: payment.order_id, fen: given.fen },
      ...{ reason: "by-hand", key: given.id },
    });
    const failed = { status: "failed", stripe_refund_id: given.id, failure: given.failure };
    await trx.updateTable("refunds").set(failed).where("id", "=", id).execute();
  });
}
