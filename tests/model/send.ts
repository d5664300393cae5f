import type { RefundAnswer } from "./bank.ts";
import { carryOut } from "./carry-out.ts";
import { settleDispute } from "./disputes.ts";
import { settleRefunds } from "./given.ts";
import { at, type Model } from "./model.ts";

/**
 * Carries a refund out. Before one is sent that Stripe does not have, what somebody gave back there by
 * hand is brought into the market, and what banks have taken or decided: it may be this very money.
 */
export function sendRefund(model: Model, index: number, answer: RefundAnswer): string {
  const { payment, status, isTransfer, byBank } = at(model.refunds, index);
  const isSent = model.given.some(({ refund }) => refund === index);
  const isOpen = status !== "failed" && !isTransfer && byBank === undefined && !isSent;
  const strange = model.given.some(
    (each) => each.payment === payment && each.refund === null && each.status !== "failed",
  );
  if (isOpen && strange) settleRefunds(model, payment);
  if (isOpen) {
    model.disputes.forEach((dispute, each) => {
      if (dispute.payment === payment && dispute.seen !== dispute.status)
        settleDispute(model, each);
    });
  }
  return carryOut(model, index, answer);
}
