import { at, book, type Give, type Model } from "./model.ts";
import { promisesIn } from "./promises.ts";
import { cut, disputesOf, left, request, sumOf } from "./refunds.ts";

const byBank = (model: Model, dispute: number) =>
  model.refunds.flatMap((each, index) =>
    each.byBank === dispute && each.status === "succeeded" ? [index] : [],
  );

/** What banks have given of a payment that was to come to the buyer anyhow. */
export function countedOf(model: Model, payment: number): number {
  const all = model.disputes.flatMap((each, index) =>
    each.payment === payment ? byBank(model, index) : [],
  );
  return sumOf(all.map((index) => at(model.refunds, index)));
}

/** With what it was asked for at first. */
function firstOf(model: Model, index: number): number {
  const { insteadOf } = at(model.refunds, index);
  return insteadOf === undefined ? index : firstOf(model, insteadOf);
}

type Due = { since: number; gives: Give[]; request: number | null; isSaid: boolean };

/** What should have come to her when the bank took the money, and has not; the oldest first. */
function due(model: Model, payment: number, dispute: number): Due[] {
  const { lostAt = { refunds: 0, transactions: 0 } } = at(model.disputes, dispute);
  const { order } = at(model.payments, payment);
  const asked = model.refunds.flatMap(({ status, payment: of, gives }, index) => {
    const since = firstOf(model, index);
    if (of !== payment || status !== "requested" || since >= lostAt.refunds) return [];
    return [{ since, place: index, gives, request: index, isSaid: true }];
  });
  const owed = promisesIn(left(model, order, null)).flatMap((gives) => {
    const place = gives[0]?.promise;
    if (place === undefined) return [];
    const since = firstOf(model, place);
    return since < lostAt.refunds ? [{ since, place, gives, request: null, isSaid: true }] : [];
  });
  const all: Due[] = [...asked, ...owed].sort(
    (one, other) => one.since - other.since || one.place - other.place,
  );
  const kept = promisesIn(left(model, order, null)).filter(([give]) => give?.promise === undefined);
  const isOld = (at(model.orders, order).keptAt ?? -1) < lostAt.transactions;
  for (const gives of isOld ? kept : [])
    all.push({ since: -1, gives, request: null, isSaid: false });
  return all;
}

function giveByBank(model: Model, dispute: number, of: Due, fen: number): void {
  const { payment } = at(model.disputes, dispute);
  const { order } = at(model.payments, payment);
  const { first, rest } = cut(of.gives, fen);
  const known = { payment, order, again: null };
  const was = of.request === null ? null : at(model.refunds, of.request);
  const link = of.request === null ? {} : { insteadOf: of.request };
  if (was) was.status = "failed";
  const said = { ...known, ...link, fen, reason: "by-bank", gives: first, byBank: dispute };
  at(model.refunds, request(model, said)).status = "succeeded";
  book(model, [{ account: "dispute-loss:market", fen: -fen }, ...first]);
  if (!was || fen === was.fen) return;
  const { reason, isRefused } = was;
  const other = { ...known, ...link, fen: was.fen - fen, reason, gives: rest };
  at(model.refunds, request(model, other)).isRefused = isRefused;
}

/** It was not given: it stands for nothing, and its money is back where it was. */
function undo(model: Model, index: number): void {
  const refund = at(model.refunds, index);
  refund.status = "failed";
  const back = refund.gives.map((give) => ({ ...give, fen: -give.fen }));
  book(model, [{ account: "dispute-loss:market", fen: refund.fen }, ...back]);
}

/**
 * What a bank has given the buyer is what was to come to her anyhow, if anything was: just that
 * amount, else the oldest first. The market bears what is beyond. When the bank takes it back, it is
 * to come to her again.
 */
export function countLosses(model: Model, payment: number): void {
  if (!at(model.payments, payment).isSale) return;
  const all = model.disputes
    .map((dispute, index) => ({ dispute, index }))
    .filter(({ dispute }) => disputesOf(model, payment).includes(dispute));
  const counted = (index: number) =>
    sumOf(byBank(model, index).map((each) => at(model.refunds, each)));
  for (const { dispute, index } of all) {
    if (counted(index) <= dispute.loss.fen) continue;
    for (const given of byBank(model, index)) {
      undo(model, given);
      const { insteadOf, order, fen, gives } = at(model.refunds, given);
      if (insteadOf === undefined) continue;
      const { reason } = at(model.refunds, insteadOf);
      request(model, { payment, order, fen, reason, gives, again: null, insteadOf });
    }
  }
  const when = ({ dispute }: (typeof all)[number]) => dispute.lostAt?.transactions ?? 0;
  for (const { dispute, index } of all.sort((one, other) => when(one) - when(other))) {
    let rest = dispute.loss.fen - counted(index);
    if (rest <= 0) continue;
    const list = due(model, payment, index);
    const same = list.find((each) => each.isSaid && sumOf(each.gives) === rest);
    for (const each of same ? [same, ...list.filter((one) => one !== same)] : list) {
      const fen = Math.min(rest, sumOf(each.gives));
      if (fen > 0) giveByBank(model, index, each, fen);
      rest -= fen;
    }
  }
}

/** Stripe has given what a bank was taken to have given, as long as nothing else came of it. */
export function standAgain(model: Model, index: number): boolean {
  const refund = at(model.refunds, index);
  const parts = model.refunds
    .map((each, place) => ({ ...each, place }))
    .filter(({ insteadOf, status }) => insteadOf === index && status !== "failed");
  const isOpen = parts.every(
    ({ byBank: bank, status }) => bank !== undefined || status === "requested",
  );
  if (sumOf(parts) !== refund.fen || !isOpen) return false;
  for (const { place, byBank: bank } of parts) {
    if (bank === undefined) at(model.refunds, place).status = "failed";
    else undo(model, place);
  }
  refund.status = "requested";
  return true;
}
