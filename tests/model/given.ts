import { keep } from "./carry-out.ts";
import { at, type Give, type Given, type Model } from "./model.ts";
import { left, refundable, sumOf, takeFen } from "./refunds.ts";

/** Who gives it: the produce first, then freight; null when there is not so much. */
function gives(model: Model, order: number, fen: number): Give[] | null {
  const there = left(model, order, null);
  const produce = there.filter((give) => give.line !== "");
  const rest = fen - sumOf(produce);
  const freight = there.filter((give) => give.line === "");
  const planned = rest <= 0 ? takeFen(produce, fen) : takeFen(freight, rest);
  if ("refusal" in planned) return null;
  return rest <= 0 ? planned.gives : [...produce, ...planned.gives];
}

/** Somebody gave it back at Stripe, and the market writes it down; null while it cannot. */
function adopt(model: Model, { payment, fen }: Given): number | null {
  const { order, isSale } = at(model.payments, payment);
  const given = isSale ? gives(model, order, fen) : refundable(model, payment) < fen ? null : [];
  if (given === null) return null;
  const refund = { payment, order, fen, reason: "by-hand", gives: given, again: null };
  model.refunds.push({ ...refund, status: "requested" });
  return model.refunds.length - 1;
}

/** Everything that Stripe has given back of a payment is brought into the market. */
export function settleRefunds(model: Model, payment: number): string {
  if (at(model.payments, payment).taken === null) return "unknown-payment";
  for (const given of model.given.filter((each) => each.payment === payment)) {
    if (given.refund === null && given.status === "failed") continue;
    given.refund ??= adopt(model, given);
    if (given.refund === null) return "more-than-left";
    keep(model, given.refund, given.status);
  }
  return "settled";
}
