import { isStillOffered } from "./cycle-plans.ts";
import { at, type Line, type Model, type Order, type Part } from "./model.ts";
import { share } from "./money.ts";

const byTurn = (model: Model) => (one: number, other: number) => {
  const [a, b] = [at(model.lots, one), at(model.lots, other)];
  return `${a.harvestedOn} ${a.id}` < `${b.harvestedOn} ${b.id}` ? -1 : 1;
};

export const freeOf = (model: Model, listing: number) =>
  model.lots.reduce((sum, lot) => sum + (lot.listing === listing ? lot.available : 0), 0);

/** Oldest harvest first, then by id: who provides how much, and what each gets for it. */
export function provide(
  model: Model,
  line: Omit<Line, "parts">,
  state: Part["state"],
): Part[] | null {
  if (freeOf(model, line.listing) < line.quantity) return null;
  const turns = model.lots
    .map((_, index) => index)
    .filter((index) => at(model.lots, index).listing === line.listing)
    .sort(byTurn(model));
  const parts: Part[] = [];
  let wanted = line.quantity;
  for (const lot of turns) {
    const quantity = Math.min(wanted, at(model.lots, lot).available);
    wanted -= quantity;
    if (quantity > 0) parts.push({ lot, quantity, fen: 0, state });
  }
  const fen = share(
    line.lineFen - line.feeFen,
    parts.map((part) => part.quantity),
  );
  return parts.map((part, index) => ({ ...part, fen: fen[index] ?? 0 }));
}

type Place = "available" | "held" | "sold";

/** Moves what a part stands for from one place of its lot to another. */
export function move(model: Model, part: Part, from: Place, to: Place, state: Part["state"]): void {
  const lot = at(model.lots, part.lot);
  const units = part.quantity - (part.short ?? 0);
  lot[from] -= units;
  lot[to] += units;
  part.state = state;
}

export const partsOf = (order: Order, state: Part["state"]) =>
  order.lines.flatMap((line) => line.parts).filter((part) => part.state === state);

/** A late payment: every line from what is there now, or none of them. */
export function takeAgain(model: Model, order: Order): boolean {
  // Of what is offered otherwise by now nobody knows whether she wants it.
  const isOther = (line: Line) => {
    const { isPaused, words } = at(model.listings, line.listing);
    return isPaused || words !== line.words || !isStillOffered(model, line);
  };
  if (order.lines.some(isOther)) return false;
  const taken = order.lines.map((line) => provide(model, line, "held"));
  if (taken.includes(null)) return false;
  for (const [index, line] of order.lines.entries()) {
    line.parts = taken[index] ?? [];
    for (const part of line.parts) move(model, part, "available", "sold", "sold");
  }
  return true;
}

/** Of a parcel that cannot be sent because its goods are spoiled or gone: nobody else gets them. */
export function writeOff(model: Model, order: Order, parcel: number): void {
  for (const line of order.lines.filter((each) => each.parcel === parcel)) {
    for (const part of line.parts.filter((each) => each.state === "sold")) {
      at(model.lots, part.lot).sold -= part.quantity - (part.short ?? 0);
      part.state = "returned";
    }
  }
}

/** Nobody is asked any more about parcels that are not sent: what was held for it is on sale again. */
export function askNoMore(model: Model, parcels: number[]): void {
  for (const asked of model.substitutions) {
    if (asked.state !== "open" || !parcels.includes(asked.parcel)) continue;
    for (const part of asked.offered.parts) move(model, part, "held", "available", "released");
    asked.state = "dropped";
  }
}

/** Parcels that never left: what was sold in them is on sale again. */
export function giveBack(model: Model, order: Order, parcels: number[]): void {
  for (const line of order.lines.filter((each) => parcels.includes(each.parcel))) {
    for (const part of line.parts) {
      if (part.state === "sold") move(model, part, "sold", "available", "returned");
    }
  }
}
