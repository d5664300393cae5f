import { at, type Line, type Model, type Order } from "./model.ts";
import { ask } from "./refunds.ts";
import type { Step } from "./steps.ts";

/** Of which line of a parcel how much is missing: in units, or as a share of its grams. */
export type InBox = { listing: number; much: number };

/** What a packer finds in a box; both markets are told the same. */
export function inBox(model: Model, { how, much }: Step, parcel: { index: number } | null) {
  if (!parcel) return null;
  const order = at(model.orders, at(model.parcels, parcel.index).order);
  const lines = order.lines.filter((line) => line.parcel === parcel.index);
  const { listing } = at(lines, how % lines.length);
  return { ...parcel, inBox: { listing, much } };
}

/** From far too light over odd grams to too heavy, of what was sold. */
export const gramsOf = (expected: number, much: number) =>
  Math.max(1, Math.round((expected * (40 + (much % 700) / 10)) / 100));

export const STOPPED = ["cancelled", "refunded", "disputed"];

export const toSend = (line: Line) =>
  line.parts
    .filter((part) => part.state === "sold")
    .reduce((sum, part) => sum + part.quantity - (part.short ?? 0), 0);

/** Why nothing can be done with a parcel's box; null when it is in hand. */
export function refusal(model: Model, index: number, order: Order): string | null {
  const { status } = at(model.parcels, index);
  if (!order.wasPaid || ["pending-payment", "expired"].includes(order.status)) {
    return "parcel-not-found";
  }
  if (status === "cancelled") return "parcel-cancelled";
  if (status === "shipped" || status === "delivered") return "already-shipped";
  return STOPPED.includes(order.status) ? "order-stopped" : null;
}

/** The buyer of a parcel is asked what may replace something of it, or of one line of it. */
export const isAsked = (model: Model, parcel: number, listing?: number) =>
  model.substitutions.some(
    (each) =>
      each.parcel === parcel &&
      each.state === "open" &&
      (listing === undefined || each.listing === listing),
  );

export function lineOf(model: Model, index: number, { listing }: InBox) {
  const place = at(model.parcels, index).order;
  const order = at(model.orders, place);
  const lines = order.lines.filter((line) => line.parcel === index);
  const line = lines.find((each) => each.listing === listing);
  if (!line) throw new Error(`parcel ${index} has nothing of listing ${listing}`);
  return { place, order, lines, line };
}

/** Units that are not there leave the lots that were harvested last. */
export function takeShort(model: Model, line: Line, quantity: number): void {
  let missing = quantity;
  const turn = ({ lot }: { lot: number }) =>
    `${at(model.lots, lot).harvestedOn} ${at(model.lots, lot).id}`;
  const parts = line.parts.filter((part) => part.state === "sold");
  for (const part of parts.sort((one, other) => (turn(one) < turn(other) ? 1 : -1))) {
    const here = Math.min(missing, part.quantity - (part.short ?? 0));
    part.short = (part.short ?? 0) + here;
    at(model.lots, part.lot).sold -= here;
    missing -= here;
  }
}

/** Some units are not there: their price goes back, and they leave the lots harvested last. */
export function sayShort(model: Model, index: number, box: InBox): string {
  const { place, order, lines, line } = lineOf(model, index, box);
  const quantity = box.much % 4;
  if (quantity === 0) return "quantity-invalid";
  const refused = refusal(model, index, order);
  if (refused) return refused;
  if (isAsked(model, index, line.listing)) return "substitute-open";
  if (line.lightFen !== undefined) return "weighed-already";
  if (quantity > toSend(line)) return "not-so-many";
  if (quantity === lines.reduce((sum, each) => sum + toSend(each), 0)) return "nothing-to-send";
  const of = { kind: "quantity", listing: line.listing, quantity } as const;
  const asked = ask(model, { order: place, parcel: index, of, reason: "goods" });
  if (!("fen" in asked)) return asked.refusal.split(" ")[0] ?? "";
  takeShort(model, line, quantity);
  return `short ${asked.fen}`;
}

/** What weighs less than was sold: the missing grams' price goes back, up to a whole fen. */
export function weigh(model: Model, index: number, box: InBox): string {
  const { place, order, line } = lineOf(model, index, box);
  const { unitGrams } = at(model.listings, line.listing);
  const grams = gramsOf(line.quantity * unitGrams, box.much);
  const refused = refusal(model, index, order);
  if (refused) return refused;
  if (isAsked(model, index, line.listing)) return "substitute-open";
  const expected = toSend(line) * unitGrams;
  if (expected === 0) return "unknown-line";
  if (grams * 2 < expected) return "too-light";
  const owed = Math.ceil((line.priceFen * Math.max(0, expected - grams)) / unitGrams);
  const fen = Math.max(0, owed - (line.lightFen ?? 0));
  if (fen > 0) {
    const of = { kind: "amount", fen, listing: line.listing } as const;
    const asked = ask(model, { order: place, parcel: index, of, reason: "goods" });
    if (!("fen" in asked)) return asked.refusal.split(" ")[0] ?? "";
  }
  line.lightFen = (line.lightFen ?? 0) + fen;
  return `light ${fen}`;
}
