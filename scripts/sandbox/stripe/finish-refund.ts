import type Stripe from "stripe";
import { moveBalance } from "./balance.ts";
import { emit } from "./emit.ts";
import { change, mustFind } from "./keep.ts";
import { NO_CAUSE, type Sandbox } from "./sandbox.ts";

/** What was pending has arrived; what had arrived is sent back by the buyer's bank. */
export function finishRefund(sandbox: Sandbox, id: string) {
  const refund = mustFind(sandbox.store, "refund", id);
  if (refund.status === "succeeded") return sendBack(sandbox, refund);
  const arrived: Stripe.Refund = { ...refund, status: "succeeded" };
  change(sandbox.store, arrived, { dueAt: null });
  emit(sandbox, NO_CAUSE, [
    { type: "refund.updated", object: arrived, previous: { status: refund.status } },
  ]);
}

/** The money is on our balance again: docs.stripe.com/refunds#failed-refunds */
function sendBack(sandbox: Sandbox, refund: Stripe.Refund) {
  const { store } = sandbox;
  const back = moveBalance(sandbox, {
    type: "refund_failure",
    category: "refund_failure",
    amount: refund.amount,
    fee: 0,
    source: refund.id,
    description: `REFUND FAILURE FOR ${String(refund.charge)}`,
  });
  const failed: Stripe.Refund = {
    ...refund,
    status: "failed",
    failure_reason: "expired_or_canceled_card",
    failure_balance_transaction: back.id,
  };
  change(store, failed, { dueAt: null });
  const charge = mustFind(store, "charge", String(refund.charge));
  const amount_refunded = charge.amount_refunded - refund.amount;
  change(store, { ...charge, amount_refunded, refunded: false });
  const previous = { status: refund.status };
  emit(sandbox, NO_CAUSE, [
    { type: "refund.updated", object: failed, previous },
    { type: "refund.failed", object: failed },
  ]);
}
