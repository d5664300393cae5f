import { bearLoss } from "./losses.ts";
import { at, book, inCurrency, type Model } from "./model.ts";
import { restored } from "./progress.ts";
import { isDisputed } from "./refunds.ts";

/** What a bank took and gave is posted, movement by movement; the order is disputed meanwhile. */
export function settleDispute(model: Model, index: number): string {
  const dispute = at(model.disputes, index);
  const payment = at(model.payments, dispute.payment);
  if (payment.taken === null) return "unknown-payment";
  const order = at(model.orders, payment.order);
  const isNew = dispute.seen === null;
  dispute.seen = dispute.status;
  const account = (name: string) => inCurrency(name, payment.currency);
  for (const { fen, feeFen } of dispute.moves.slice(dispute.posted)) {
    book(model, [
      { account: account("dispute:withdrawn"), fen: -fen },
      { account: account("stripe:clearing"), fen },
    ]);
    book(model, [
      { account: account("stripe-fee:disputes"), fen: feeFen },
      { account: account("stripe:clearing"), fen: -feeFen },
    ]);
  }
  dispute.posted = dispute.moves.length;
  if (dispute.status === "lost" && !dispute.isLossPosted) {
    dispute.isLossPosted = true;
    const fen = -dispute.moves.reduce((sum, each) => sum + each.fen, 0);
    const loss = payment.isSale ? "dispute-loss:market" : account("suspense:payments");
    book(model, [
      { account: loss, fen },
      { account: account("dispute:withdrawn"), fen: -fen },
    ]);
  }
  if (!payment.isSale) return dispute.status;
  if (isNew && !["pending-payment", "cancelled", "expired"].includes(order.status)) {
    order.status = "disputed";
  }
  if (order.status === "disputed" && !isDisputed(model, dispute.payment)) {
    order.status = restored(model, order, dispute.payment);
  }
  bearLoss(model, payment.order, dispute.payment);
  return dispute.status;
}
