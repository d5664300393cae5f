import {
  at,
  book,
  type Give,
  type Given,
  inCurrency,
  type Model,
  type Payment,
  type Refund,
} from "./model.ts";
import { isKept, keptInTurn, takeInTurn } from "./promises.ts";
import { left, request, sumOf } from "./refunds.ts";

const isTwice = (give: Give) => give.account.startsWith("given-twice:");

/** What of a refund the buyer had had already. */
export const twiceOf = (refund: Refund) => sumOf(refund.gives.filter(isTwice));

/** What money a refund moves: of what was put aside it gives what was there, of a sale its parts. */
export function postings(refund: Refund, payment: Payment) {
  const account = refund.isTransfer ? "bank:market" : "stripe:clearing";
  const given = { account: inCurrency(account, payment.currency), fen: -refund.fen };
  if (payment.isSale) return [given, ...refund.gives];
  const aside = inCurrency("suspense:payments", payment.currency);
  return [given, { account: aside, fen: refund.fen - twiceOf(refund) }, ...refund.gives];
}

/** What refunds, made or under way, have left of a payment that was put aside. */
export function leftAside(model: Model, index: number): number {
  const refunds = model.refunds.filter((each) => each.payment === index);
  const live = refunds.filter(({ status }) => status !== "failed");
  return at(model.payments, index).fen - sumOf(live) + sumOf(live.flatMap(twiceGives));
}

const twiceGives = (refund: Refund) => refund.gives.filter(isTwice);

/**
 * What is left, in two: what was owed when something was given by hand, and what came to be owed
 * since, by a refund that stood at the bank then and has failed. Whoever gave it saw the bank.
 */
export function beforeAndSince(model: Model, there: Give[], by: Given | null) {
  const place = by ? model.given.indexOf(by) : Number.POSITIVE_INFINITY;
  const since = model.given
    .filter(({ failedAfter = 0 }) => failedAfter > place)
    .flatMap(({ refund }) => (refund === null ? [] : [refund]));
  const inStead = since.flatMap((refund) => at(model.refunds, refund).gives);
  const sinceOf = (give: Give) => {
    if (give.promise === undefined) return 0;
    if (since.includes(give.promise)) return give.fen;
    const same = inStead.filter(
      ({ account, line, parcel, promise }) =>
        [account, line, parcel, promise].join() ===
        [give.account, give.line, give.parcel, give.promise].join(),
    );
    return Math.min(give.fen, sumOf(same));
  };
  const some = (all: Give[]) => all.filter(({ fen }) => fen > 0);
  return {
    before: some(there.map((give) => ({ ...give, fen: give.fen - sinceOf(give) }))),
    since: some(there.map((give) => ({ ...give, fen: sinceOf(give) }))),
  };
}

/**
 * Who gives what was given by hand: what was owed then, the produce, freight, as far as that goes, and
 * last what is owed since; beyond it nobody but the market, for she has had it.
 */
export function planGiven(model: Model, index: number, fen: number, by: Given | null = null) {
  const payment = at(model.payments, index);
  const there = payment.isSale ? left(model, payment.order, null) : [];
  const { before, since } = beforeAndSince(model, there, by);
  const leftFen = payment.isSale ? sumOf(there) : leftAside(model, index);
  const own = Math.min(fen, leftFen);
  const groups = [
    ...keptInTurn(before, own),
    before.filter((give) => !isKept(give) && give.line !== ""),
    before.filter((give) => !isKept(give) && give.line === ""),
    ...keptInTurn(since, own - sumOf(before)),
  ];
  const gives = takeInTurn(groups, own);
  const twiceFen = fen - own;
  const account = inCurrency("given-twice:market", payment.currency);
  const more = { account, line: "", relief: "", parcel: -1, fen: twiceFen };
  return { leftFen, twiceFen, gives: twiceFen > 0 ? [...gives, more] : gives };
}

/** Something is left again: what was given twice by hand was given for that, and is said anew. */
export function recount(model: Model, index: number): void {
  const payment = at(model.payments, index);
  const twice = model.refunds
    .map((refund, place) => ({ refund, place }))
    .filter(({ refund }) => refund.payment === index && twiceOf(refund) > 0)
    .filter(({ refund: { status } }) => status === "pending" || status === "succeeded");
  for (const { refund, place } of twice) {
    if (planGiven(model, index, 0).leftFen <= 0) return;
    const { order, fen, reason, status } = refund;
    book(
      model,
      postings(refund, payment).map((entry) => ({ ...entry, fen: -entry.fen })),
    );
    refund.status = "failed";
    const { gives } = planGiven(model, index, fen);
    const anew = request(model, { payment: index, order, fen, reason, gives, again: null });
    at(model.refunds, anew).status = status;
    for (const given of model.given) if (given.refund === place) given.refund = anew;
    book(model, postings(at(model.refunds, anew), payment));
  }
}
