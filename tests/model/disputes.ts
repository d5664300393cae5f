import { settleRefunds } from "./given.ts";
import { bearLoss, bookLosses, owe } from "./losses.ts";
import { at, book, inCurrency, type Model } from "./model.ts";
import { restored } from "./progress.ts";
import { ask, disputesOf, isDisputed } from "./refunds.ts";
import { recount } from "./twice.ts";

/** What a bank took and gave is posted, movement by movement; the order is disputed meanwhile. */
export function settleDispute(model: Model, index: number): string {
  const dispute = at(model.disputes, index);
  const payment = at(model.payments, dispute.payment);
  if (payment.taken === null) return "unknown-payment";
  settleRefunds(model, dispute.payment);
  dispute.heard ??= model.disputes.filter(({ heard }) => heard !== undefined).length;
  const order = at(model.orders, payment.order);
  const isDecided = dispute.seen !== dispute.status && dispute.status !== "open";
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
  const taken = -dispute.moves.reduce((sum, each) => sum + each.fen, 0);
  bookLosses(model, dispute.payment, {
    dispute,
    fen: dispute.status === "lost" ? taken : 0,
  });
  if (!payment.isSale) return dispute.status;
  if (!["pending-payment", "expired"].includes(order.status)) {
    const isOpen = isDisputed(model, dispute.payment);
    order.status = isOpen ? "disputed" : restored(model, order, dispute.payment);
  }
  bearLoss(model, payment.order, dispute.payment);
  recount(model, dispute.payment);
  if (isDecided) askWhatBanksKept(model, dispute.payment);
  owe(model, payment.order);
  return dispute.status;
}

/**
 * A bank has decided. What only disputes had kept from the buyer is asked for: refunds that Stripe would
 * not take for one, once none is lost; then what of goods on sale again no refund had promised. What had
 * failed for another reason is nothing that a verdict speaks of.
 */
function askWhatBanksKept(model: Model, payment: number): void {
  const { order } = at(model.payments, payment);
  const isLost = disputesOf(model, payment).some(({ seen }) => seen === "lost");
  const heldBack = model.refunds.flatMap((refund, index) =>
    refund.payment === payment && refund.isHeldBack ? [{ ...refund, index }] : [],
  );
  for (const { index: by, reason } of isLost ? [] : heldBack) {
    const wasSent = model.given.some(
      ({ refund }) =>
        refund !== null && at(model.refunds, refund).gives.some(({ promise }) => promise === by),
    );
    if (!wasSent) ask(model, { order, parcel: null, of: { kind: "promised", by }, reason });
  }
  for (const parcel of at(model.orders, order).parcels) {
    if (at(model.parcels, parcel).status !== "cancelled") continue;
    const asked = { order, parcel, of: { kind: "unpromised" as const } };
    ask(model, { ...asked, reason: "cancelled-by-cooperative" });
  }
}
