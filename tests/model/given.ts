import { cameBack, keep } from "./carry-out.ts";
import { standAgain } from "./counted.ts";
import { at, type Give, type Given, type Model } from "./model.ts";
import { isKept, promisesIn, takeInTurn } from "./promises.ts";
import { cut, left, refundable, request, sumOf } from "./refunds.ts";
import { beforeAndSince, planGiven } from "./twice.ts";

/** One of each account and line. */
function merged(all: Give[]): Give[] {
  const sums = new Map<string, Give>();
  for (const give of all) {
    const key = `${give.account}|${give.line}|${give.parcel}|${give.promise}`;
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

/** Nobody was told of it before it failed: it is written down, and promises nothing to anybody. */
function noteFailed(model: Model, given: Given): void {
  const { payment, fen } = given;
  const { order, isSale } = at(model.payments, payment);
  if (!isSale) return;
  const of = { payment, order, fen, reason: "by-hand", gives: [], again: null };
  given.refund = request(model, of);
  Object.assign(at(model.refunds, given.refund), { status: "failed", isUndecided: true });
}

/**
 * The operator says that it was meant for the buyer: who sold gives for it, produce before freight, and
 * it stands apart for her beside what does already; or that it was not, and nothing moves.
 */
export function decideFailed(model: Model, index: number, isMeant: boolean): string {
  const refund = at(model.refunds, index);
  const there = left(model, refund.order, null);
  const free = there.filter((give) => !isKept(give));
  const apart = sumOf(there.filter(isKept));
  const most = Math.min(sumOf(free), refundable(model, refund.payment) - apart);
  if (isMeant && refund.fen > most) return `more-than-left ${Math.max(0, most)}`;
  refund.isUndecided = false;
  if (!isMeant) return "decided";
  const groups = [free.filter(({ line }) => line !== ""), free.filter(({ line }) => line === "")];
  refund.gives = takeInTurn(groups, refund.fen);
  cameBack(model, index, false);
  return "decided";
}

/** Everything that Stripe has given back of a payment is brought into the market, its own first. */
export function settleRefunds(model: Model, payment: number): string {
  if (at(model.payments, payment).taken === null) return "unknown-payment";
  const all = model.given.filter((each) => each.payment === payment);
  for (const given of all) if (given.refund !== null) keepOwn(model, given, given.refund);
  const strange = all.filter(({ refund }) => refund === null);
  for (const given of strange) {
    if (given.status === "failed") {
      noteFailed(model, given);
      continue;
    }
    given.refund = adopt(model, given);
    if (given.refund !== null) keep(model, given.refund, given.status);
  }
  return strange.some(({ refund, status }) => refund === null && status !== "failed")
    ? "more-than-left"
    : "settled";
}
