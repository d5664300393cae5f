import { at, book, inCurrency, type Model, type Order } from "./model.ts";
import { progress } from "./parcels.ts";
import { standing } from "./refunds.ts";
import { giveBack } from "./stock.ts";

/** After a dispute was won the order is where its parcels and refunds say. */
function afterWon(model: Model, order: Order, payment: number): string {
  const status = progress(model, order, "paid");
  const stands = standing(model, payment);
  return stands === "refunded" || stands === "partly-refunded" ? stands : status;
}

/** The bank gave the buyer's money back: what had not left is on sale again. */
function keepUnshipped(model: Model, order: Order): void {
  const stays = order.parcels.filter((parcel) =>
    ["waiting", "accepted", "packed"].includes(at(model.parcels, parcel).status),
  );
  giveBack(model, order, stays);
  for (const parcel of stays) at(model.parcels, parcel).status = "cancelled";
}

/** What a bank took and gave is posted, movement by movement; the order is disputed meanwhile. */
export function settleDispute(model: Model, index: number): string {
  const dispute = at(model.disputes, index);
  const payment = at(model.payments, dispute.payment);
  if (payment.taken === null) return "unknown-payment";
  const order = at(model.orders, payment.order);
  const before = dispute.seen;
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
  if (before === null && !["pending-payment", "cancelled", "expired"].includes(order.status)) {
    order.status = "disputed";
  }
  if (order.status === "disputed" && dispute.status === "lost") order.status = "refunded";
  if (dispute.status === "lost" && before !== "lost") keepUnshipped(model, order);
  if (order.status === "disputed" && dispute.status === "won") {
    order.status = afterWon(model, order, dispute.payment);
  }
  return dispute.status;
}
