import type { RefundAnswer } from "./bank.ts";
import { bearLoss, bookLosses, owe } from "./losses.ts";
import { at, book, type Given, type Model, type Order, type Refund } from "./model.ts";
import { restored } from "./progress.ts";
import { promise } from "./promises.ts";
import { disputesOf, standing, sumOf } from "./refunds.ts";
import { postings, recount } from "./twice.ts";

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

/** What Stripe says of a refund is brought into the market; a second time changes nothing. */
export function keep(model: Model, index: number, status: Given["status"]): void {
  const refund = at(model.refunds, index);
  const before = refund.status;
  if (before === status || before === "failed") return;
  if (before === "succeeded" && status === "pending") return;
  refund.status = status;
  const isPosted = before !== "requested";
  if (status === "failed") cameBack(model, index, isPosted);
  else if (!isPosted) went(model, index);
}

/** Its money has left the market: posted, and the order moved. */
export function went(model: Model, index: number): void {
  const refund = at(model.refunds, index);
  const payment = at(model.payments, refund.payment);
  book(model, postings(refund, payment));
  if (payment.isSale) moveOrder(model, at(model.orders, refund.order), refund.payment);
  follow(model, refund);
}

/** Its money has not reached the buyer: what was posted is taken back, and so is the order's state. */
export function cameBack(model: Model, index: number, isPosted = true): void {
  const refund = at(model.refunds, index);
  const payment = at(model.payments, refund.payment);
  const order = at(model.orders, refund.order);
  const back = postings(refund, payment).map((entry) => ({ ...entry, fen: -entry.fen }));
  if (isPosted) book(model, back);
  if (payment.isSale) promise(model, index);
  if (payment.isSale && ["partly-refunded", "refunded"].includes(order.status)) {
    order.status = restored(model, order, refund.payment);
  }
  follow(model, refund);
}

/** Who bears what then, and what is owed. */
function follow(model: Model, { order, payment }: Refund): void {
  const { isSale } = at(model.payments, payment);
  if (isSale) bearLoss(model, order, payment);
  recount(model, payment);
  if (isSale) owe(model, order);
  else bookLosses(model, payment, null);
}

/** What Stripe has given back of a payment. */
export const givenAtBank = (model: Model, payment: number) =>
  sumOf(model.given.filter((each) => each.payment === payment && each.status !== "failed"));

/** A bank may still decide for us, as far as the market knows; or the market knows of no dispute. */
function isUndecided(model: Model, payment: number): boolean {
  const seen = disputesOf(model, payment).map((each) => each.seen);
  const atBank = disputesOf(model, payment).some(({ status }) => status !== "won");
  return atBank && (seen.includes("open") || !seen.includes("lost"));
}

/** Carries a refund out, once, or looks how it stands; what a bank sent back stays failed. */
export function carryOut(model: Model, index: number, answer: RefundAnswer): string {
  const refund = at(model.refunds, index);
  if (refund.status === "failed") return "failed";
  if (refund.isTransfer || refund.byBank !== undefined) return "succeeded";
  const known = model.given.find((each) => each.refund === index);
  if (known) {
    keep(model, index, known.status);
    return known.status;
  }
  const { payment, fen } = refund;
  const taken = disputesOf(model, payment).filter(({ status }) => status !== "won");
  const rest = at(model.payments, payment).fen - givenAtBank(model, payment);
  const isAtBank = taken.length > 0;
  const isHeldBack = isAtBank && answer !== "refused";
  if (answer === "refused" || (isAtBank ? !isUndecided(model, payment) : rest < fen)) {
    Object.assign(refund, { isHeldBack });
    keep(model, index, "failed");
    return "failed";
  }
  if (isAtBank || answer === "not-now") {
    refund.isRefused = true;
    return "requested";
  }
  const status = answer === "pending" ? "pending" : "succeeded";
  model.given.push({ payment, fen, status, refund: index });
  if (answer === "lost") return "payments-unavailable";
  keep(model, index, status);
  return status;
}
