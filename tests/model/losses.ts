import { countedOf, countLosses } from "./counted.ts";
import { at, book, type Dispute, inCurrency, type Model, type Order } from "./model.ts";
import { share } from "./money.ts";
import { handFreightOn } from "./parted.ts";
import { isKept } from "./promises.ts";
import { disputesOf, left, lost, refundable, standing, sumOf } from "./refunds.ts";
import { askNoMore, giveBack } from "./stock.ts";
import { twiceOf } from "./twice.ts";

/**
 * What banks have decided is the market's loss; but of money put aside only what is not there: all
 * of it less what refunds have given, the dispute heard of first before the others.
 */
export function bookLosses(
  model: Model,
  index: number,
  verdict: { dispute: Dispute; fen: number } | null,
): void {
  const payment = at(model.payments, index);
  const given = model.refunds.filter(
    ({ payment: of, status }) => of === index && ["pending", "succeeded"].includes(status),
  );
  const gone = given.map((each) => ({ fen: each.fen - twiceOf(each) }));
  let rest = payment.isSale ? 0 : payment.fen - sumOf(gone);
  for (const dispute of disputesOf(model, index)) {
    const { loss: was } = dispute;
    const fen = dispute === verdict?.dispute ? verdict.fen : was.fen;
    const aside = Math.min(fen, rest);
    rest -= aside;
    if (fen === was.fen && aside === was.aside) continue;
    for (const [sign, of] of [[-1, was] as const, [1, { fen, aside }] as const]) {
      if (of.fen === 0) continue;
      const { currency } = payment;
      book(model, [
        { account: inCurrency("dispute-loss:market", currency), fen: sign * (of.fen - of.aside) },
        { account: inCurrency("suspense:payments", currency), fen: sign * of.aside },
        { account: inCurrency("dispute:withdrawn", currency), fen: -sign * of.fen },
      ]);
    }
    dispute.loss = { fen, aside };
    if (fen > 0) {
      dispute.lostAt = { refunds: model.refunds.length, transactions: model.transactions };
    }
  }
}

/**
 * The market bears what a bank took; but what is on sale again was not sold: its share pays for
 * that first, and so does what stands apart for the buyer, except for what she might still be given.
 */
export function cover(model: Model, index: number): void {
  const order = at(model.orders, index);
  const payment = model.payments.findIndex((each) => each.order === index && each.isSale);
  if (payment < 0) return;
  const beyond = lost(model, payment) - countedOf(model, payment);
  const borne = order.unearned.reduce((rest, give) => rest - give.fen, beyond);
  const back = order.parcels
    .filter((parcel) => at(model.parcels, parcel).status === "cancelled")
    .flatMap((parcel) => left(model, index, parcel));
  const off = back.map((give) => give.parcel);
  back.push(
    ...left(model, index, null).filter((give) => isKept(give) && !off.includes(give.parcel)),
  );
  const there = back.reduce((sum, give) => sum + give.fen, 0);
  const fen = Math.min(borne, there - Math.max(0, refundable(model, payment)));
  if (fen <= 0) return;
  const parts = share(
    fen,
    back.map((give) => give.fen),
  );
  const gives = back.map((give, place) => ({ ...give, fen: at(parts, place) }));
  order.unearned.push(...gives);
  order.covers += 1;
  book(model, [...gives, { account: "dispute-loss:market", fen: -fen }]);
}

/** All of the money is with the buyer: what stayed is sold anew. */
export function bearLoss(model: Model, index: number, payment: number): void {
  const order = at(model.orders, index);
  countLosses(model, payment);
  const stands = standing(model, payment);
  if (stands === "refunded") {
    const stays = order.parcels.filter((parcel) =>
      ["waiting", "accepted", "packed"].includes(at(model.parcels, parcel).status),
    );
    handFreightOn(model, order, stays);
    askNoMore(model, stays);
    giveBack(model, order, stays);
    for (const parcel of stays) at(model.parcels, parcel).status = "cancelled";
  }
  const beyond = lost(model, payment) - countedOf(model, payment);
  const borne = order.unearned.reduce((rest, give) => rest - give.fen, beyond);
  if (borne < 0 && stands !== "disputed") uncover(model, order);
  cover(model, index);
}

/** Nobody keeps what goods on sale again had brought: unless it is on its way, the buyer is owed it. */
export function owe(model: Model, index: number): void {
  const order = at(model.orders, index);
  const back = order.parcels
    .filter((parcel) => at(model.parcels, parcel).status === "cancelled")
    .flatMap((parcel) => left(model, index, parcel))
    .filter((give) => !give.account.startsWith("owed:"));
  if (back.length === 0) return;
  const owed = back.map((give) => {
    const { slug } = at(model.coops, at(model.parcels, give.parcel).coop);
    return { ...give, account: `owed:${slug}`, relief: "" };
  });
  const gives = back.map((give) => ({ ...give, fen: -give.fen }));
  order.keptAt = model.transactions;
  order.earned.push(...gives, ...owed);
  book(
    model,
    [...gives, ...owed].map((give) => ({ ...give, fen: -give.fen })),
  );
}

/** A bank has changed its mind: what had paid for the loss goes back where it came from. */
function uncover(model: Model, order: Order): void {
  const fen = order.unearned.reduce((sum, give) => sum + give.fen, 0);
  const back = order.unearned.map((give) => ({ ...give, fen: -give.fen }));
  book(model, [...back, { account: "dispute-loss:market", fen }]);
  model.transactions += order.covers - 1;
  Object.assign(order, { unearned: [], covers: 0 });
}
