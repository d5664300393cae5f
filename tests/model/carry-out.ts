import { bearLoss, cover } from "./losses.ts";
import {
  at,
  book,
  inCurrency,
  type Model,
  type Order,
  type Payment,
  type Refund,
} from "./model.ts";
import { disputesOf, standing, sumOf } from "./refunds.ts";

function postings(refund: Refund, payment: Payment) {
  if (payment.isSale) {
    return [{ account: "stripe:clearing", fen: -refund.fen }, ...refund.gives];
  }
  return [
    { account: inCurrency("stripe:clearing", payment.currency), fen: -refund.fen },
    { account: inCurrency("suspense:payments", payment.currency), fen: refund.fen },
  ];
}

function moveOrder(model: Model, order: Order, payment: number): void {
  const isFull = standing(model, payment) === "refunded";
  const { status } = order;
  if (isFull) {
    if (!["pending-payment", "expired", "disputed"].includes(status)) order.status = "refunded";
  } else if (
    ["paid", "packing", "shipped", "delivered", "completed", "partly-refunded"].includes(status)
  ) {
    order.status = "partly-refunded";
  }
}

/** What Stripe has given back of a payment. */
export function givenAtBank(model: Model, payment: number): number {
  return sumOf(
    model.refunds.filter(
      (each) => each.payment === payment && each.atBank !== null && each.atBank !== "failed",
    ),
  );
}

/** Carries a refund out, or looks how it stands; what a bank sent back stays failed. */
export function carryOut(
  model: Model,
  index: number,
  answer: "succeeded" | "pending" | "refused",
): string {
  const refund = at(model.refunds, index);
  const payment = at(model.payments, refund.payment);
  if (refund.status === "failed") return "failed";
  if (refund.atBank === null) {
    const taken = disputesOf(model, refund.payment).filter(({ status }) => status !== "won");
    const rest = payment.fen - givenAtBank(model, refund.payment) - sumOf(taken);
    const takenBack = taken.some(({ status }) => status === "open") || rest < refund.fen;
    if (answer === "refused" || takenBack) {
      refund.status = "failed";
      if (payment.isSale) cover(model, refund.order);
      return "failed";
    }
    refund.atBank = answer;
    refund.status = answer;
    book(model, postings(refund, payment));
    if (payment.isSale) {
      moveOrder(model, at(model.orders, refund.order), refund.payment);
      bearLoss(model, refund.order, refund.payment);
    }
    return answer;
  }
  if (refund.atBank === "failed") {
    book(
      model,
      postings(refund, payment).map((entry) => ({ ...entry, fen: -entry.fen })),
    );
    refund.status = "failed";
    if (payment.isSale) cover(model, refund.order);
  } else if (refund.atBank === "succeeded") refund.status = "succeeded";
  return refund.atBank;
}
