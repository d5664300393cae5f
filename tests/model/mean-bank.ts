import { givenAtBank } from "./carry-out.ts";
import { at, type Model, type Payment } from "./model.ts";
import { promisesIn } from "./promises.ts";
import { left } from "./refunds.ts";
import type { Step } from "./steps.ts";

/** What Stripe still has of a payment: neither given back nor taken by a bank. */
export const restAtBank = (model: Model, payment: Payment) =>
  notAtBank(model, payment) - givenAtBank(model, model.payments.indexOf(payment));

/** What of a payment no bank has taken back. */
export function notAtBank(model: Model, payment: Payment): number {
  const index = model.payments.indexOf(payment);
  const taken = model.disputes.filter((each) => each.payment === index && each.status !== "won");
  return taken.reduce((rest, each) => rest - each.fen, payment.fen);
}

/** It has been decided, and what was won is there to be taken again. */
export const canTurn = (model: Model, { payment, status, fen }: Model["disputes"][number]) =>
  status === "lost" || (status === "won" && restAtBank(model, at(model.payments, payment)) >= fen);

/** What one of the refunds of a sale had promised and has not brought; 0 where there is none. */
export function promised(model: Model, index: number, { much }: Step): number {
  const { order, isSale } = at(model.payments, index);
  const all = isSale ? promisesIn(left(model, order, null)) : [];
  const found = all[much % Math.max(1, all.length)] ?? [];
  return found.reduce((sum, { fen }) => sum + fen, 0);
}

/** Something of it can be given back: each dispute of it has been won. */
export const isFree = (model: Model, payment: Payment) =>
  restAtBank(model, payment) > 0 &&
  model.disputes.every(
    (each) => each.payment !== model.payments.indexOf(payment) || each.status === "won",
  );
