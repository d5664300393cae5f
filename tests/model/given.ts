import { keep } from "./carry-out.ts";
import { standAgain } from "./counted.ts";
import { at, type Give, type Given, type Model } from "./model.ts";
import { promisesIn } from "./promises.ts";
import { cut, left, request, sumOf } from "./refunds.ts";
import { beforeAndSince, planGiven } from "./twice.ts";

/** One of each account and line. */
function merged(all: Give[]): Give[] {
  const sums = new Map<string, Give>();
  for (const give of all) {
    const key = `${give.account}|${give.line}|${give.promise}`;
    sums.set(key, { ...give, fen: give.fen + (sums.get(key)?.fen ?? 0) });
  }
  return [...sums.values()];
}

/**
 * Somebody gave it back at Stripe, and the market writes it down; null while it is too much and one of
 * its own is under way. It is what Stripe had refused, or was not asked for yet, if that is as much, or
 * given in the stead of what had not arrived by then, if that was as much; else it goes towards what was refused first, the oldest
 * first, then towards what did not arrive.
 */
function adopt(model: Model, by: Given): number | null {
  const { payment, fen } = by;
  const { order } = at(model.payments, payment);
  const open = model.refunds
    .map((refund, index) => ({ ...refund, index }))
    .filter((each) => each.payment === payment && each.status === "requested")
    .filter(({ index }) => model.given.every(({ refund }) => refund !== index));
  const same = open.find((each) => each.fen === fen);
  const refused = open.filter(({ isRefused }) => isRefused);
  if (same) return same.index;
  const { isSale } = at(model.payments, payment);
  const owed = isSale ? beforeAndSince(model, left(model, order, null), by).before : [];
  const promises = promisesIn(owed);
  const isPromise = promises.some((of) => of[0]?.promise !== undefined && sumOf(of) === fen);
  let rest = fen;
  const covered = (isPromise ? [] : refused).flatMap((each) => {
    const taken = Math.min(rest, each.fen);
    rest -= taken;
    return taken > 0 ? [{ ...each, taken, cut: cut(each.gives, taken) }] : [];
  });
  const more = planGiven(model, payment, rest, by);
  const isUnderWay = model.refunds.some(
    (each) => each.payment === payment && each.status === "requested" && !each.isRefused,
  );
  if (more.twiceFen > 0 && isUnderWay) return null;
  for (const { index } of covered) at(model.refunds, index).status = "failed";
  const all = merged([...covered.flatMap((each) => each.cut.first), ...more.gives]);
  const of = { payment, order, again: null };
  const index = request(model, { ...of, fen, reason: "by-hand", gives: all });
  for (const { reason, taken, cut: parts, ...was } of covered) {
    if (taken === was.fen) continue;
    const other = request(model, { ...of, fen: was.fen - taken, reason, gives: parts.rest });
    at(model.refunds, other).isRefused = true;
  }
  return index;
}

/** What a bank was taken to have given stands again; where it cannot, it has been given by hand. */
function keepOwn(model: Model, given: Given, refund: number): void {
  const isGone = at(model.refunds, refund).status === "failed" && given.status !== "failed";
  if (isGone && !standAgain(model, refund)) given.refund = null;
  else keep(model, refund, given.status);
}

/** Everything that Stripe has given back of a payment is brought into the market, its own first. */
export function settleRefunds(model: Model, payment: number): string {
  if (at(model.payments, payment).taken === null) return "unknown-payment";
  const all = model.given.filter((each) => each.payment === payment);
  for (const given of all) if (given.refund !== null) keepOwn(model, given, given.refund);
  const strange = all.filter(({ refund, status }) => refund === null && status !== "failed");
  for (const given of strange) {
    given.refund = adopt(model, given);
    if (given.refund !== null) keep(model, given.refund, given.status);
  }
  return strange.some(({ refund }) => refund === null) ? "more-than-left" : "settled";
}
