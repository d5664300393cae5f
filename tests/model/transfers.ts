import { cameBack, went } from "./carry-out.ts";
import { at, type Give, type Model } from "./model.ts";
import { isKept, keptInTurn, takeInTurn } from "./promises.ts";
import { left, refundable, request, sumOf } from "./refunds.ts";

const owedOf = (model: Model, order: number): Give[] => left(model, order, null).filter(isKept);

/** What the operator may pay by bank transfer: of an order what is kept for its buyer, else what is put aside. */
export function payable(model: Model, index: number): number {
  const { order, isSale, taken } = at(model.payments, index);
  const most = taken === null ? 0 : Math.max(0, refundable(model, index));
  return isSale ? Math.min(most, sumOf(owedOf(model, order))) : most;
}

/** The operator has paid so much of what is owed, and writes it down. */
export function transfer(model: Model, index: number, fen: number): string {
  const { order, isSale } = at(model.payments, index);
  const gives = isSale ? takeInTurn(keptInTurn(owedOf(model, order), fen), fen) : [];
  const of = { payment: index, order, fen, reason: "by-transfer", gives };
  const refund = request(model, { ...of, again: null, isTransfer: true });
  at(model.refunds, refund).status = "succeeded";
  went(model, refund);
  return `booked ${fen}`;
}

/** It was none: booked by mistake, or the bank has returned it. */
export function takeBack(model: Model, index: number): string {
  const refund = at(model.refunds, index);
  if (refund.status === "failed") return "taken back again";
  refund.status = "failed";
  cameBack(model, index);
  return "taken back new";
}
