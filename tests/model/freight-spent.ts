import { at, type Model } from "./model.ts";

export const HAS_LEFT = ["shipped", "delivered"];

/** Parcels of one order that one cooperative sends. */
export const alike = (model: Model, index: number) => {
  const { order, coop } = at(model.parcels, index);
  return at(model.orders, order).parcels.filter((each) => at(model.parcels, each).coop === coop);
};

/** Something of the cooperative's part of the order is with the carrier: its freight is spent. */
export const isFreightSpent = (model: Model, parcel: number) =>
  alike(model, parcel).some((each) => HAS_LEFT.includes(at(model.parcels, each).status));
