import { at, type Model, type Parcel } from "./model.ts";
import { STOPPED, toSend } from "./short.ts";
import type { Step } from "./steps.ts";
import type { Proposing } from "./substitutes.ts";

const linesOf = (model: Model, index: number) =>
  at(model.orders, at(model.parcels, index).order).lines.filter((line) => line.parcel === index);

/** The listings of a parcel's cooperative of which nothing is in it. */
const othersOf = (model: Model, index: number) => {
  const isIn = (listing: number) => linesOf(model, index).some((each) => each.listing === listing);
  const { coop } = at(model.parcels, index);
  return model.listings.flatMap((each, place) =>
    each.coop === coop && !isIn(place) ? [place] : [],
  );
};

/** Something of a parcel in hand may be missing, and something else is there to come instead. */
export function mayBeShort(model: Model, { order, status }: Parcel, index: number): boolean {
  const { wasPaid, status: of } = at(model.orders, order);
  const isInHand = status === "waiting" || status === "accepted";
  const isLeft = linesOf(model, index).some((line) => toSend(line) > 0);
  const isPaid = wasPaid && !STOPPED.includes(of);
  return isPaid && isInHand && isLeft && othersOf(model, index).length > 0;
}

/** What may come instead of what of a parcel: mostly something that can, as much as its money buys or less. */
export function proposing(
  model: Model,
  { how, much }: Step,
  parcel: { index: number } | null,
): { index: number; proposing: Proposing } | null {
  if (!parcel) return null;
  const all = linesOf(model, parcel.index);
  const there = all.filter((line) => toSend(line) > 0);
  const lines = how === 7 || there.length === 0 ? all : there;
  const line = at(lines, how % lines.length);
  const missing = how === 7 ? much % 5 : 1 + (much % Math.max(1, toSend(line)));
  const most = (of: number) =>
    Math.floor((missing * line.priceFen) / at(model.listings, of).priceFen);
  const others = othersOf(model, parcel.index);
  const paid = others.filter((each) => most(each) > 0);
  const every = model.listings.map((_, index) => index);
  const among = how === 10 || others.length === 0 ? every : paid.length > 0 ? paid : others;
  const offer = at(among, much % among.length);
  const quantity = how === 9 ? most(offer) + 1 : Math.max(1, most(offer) - (much % 3));
  const { listing } = line;
  return { ...parcel, proposing: { listing, missing, offer, quantity, isMisread: how === 8 } };
}
