import { alike, HAS_LEFT } from "./freight-spent.ts";
import { at, type Give, type Line, type Model, type Order, type Part } from "./model.ts";
import { isKept } from "./promises.ts";
import { left, sumOf } from "./refunds.ts";
import { type InBox, isAsked, lineOf, refusal, toSend } from "./short.ts";

const MOST = 9;

/** All that is said of whose money something is names the parcel that it is in. */
function rename(model: Model, place: number, from: number, to: number, line: string): void {
  const order = at(model.orders, place);
  const refunds = model.refunds.filter((each) => each.order === place);
  const said = [
    order.earned,
    order.unearned,
    ...refunds.flatMap(({ gives, promised = [] }) => [gives, promised]),
  ];
  for (const give of said.flat()) {
    if (give.parcel === from && give.line === line) give.parcel = to;
  }
}

/** Parcels are about to be called off: one that goes on has their freight, the one that left first. */
export function handFreightOn(model: Model, order: Order, off: number[]): void {
  for (const index of off) {
    const own = model.orders.indexOf(order);
    if (!at(model.parcels, index).hasFreight) continue;
    const heirs = alike(model, index).filter(
      (each) => !off.includes(each) && at(model.parcels, each).status !== "cancelled",
    );
    const heir =
      heirs.find((each) => HAS_LEFT.includes(at(model.parcels, each).status)) ?? heirs[0];
    if (heir === undefined) continue;
    const [from, to] = [at(model.parcels, index), at(model.parcels, heir)];
    Object.assign(to, { hasFreight: true, freightFen: from.freightFen });
    Object.assign(from, { hasFreight: false, freightFen: 0 });
    rename(model, own, index, heir, "");
  }
}

/** The lots harvested last go; of one that is divided each unit takes its share, less the odd fen. */
function partsOf(model: Model, line: Line, units: number): { stay: Part[]; go: Part[] } {
  const turn = ({ lot }: Part) => `${at(model.lots, lot).harvestedOn} ${at(model.lots, lot).id}`;
  const [stay, go]: [Part[], Part[]] = [[], []];
  let wanted = units;
  for (const part of [...line.parts].sort((a, b) => (turn(a) < turn(b) ? 1 : -1))) {
    const quantity = part.state === "sold" ? Math.min(wanted, part.quantity) : 0;
    const fen = Math.floor((part.fen * quantity) / part.quantity);
    wanted -= quantity;
    if (quantity > 0) go.push({ ...part, quantity, fen });
    if (quantity < part.quantity) {
      stay.push({ ...part, quantity: part.quantity - quantity, fen: part.fen - fen });
    }
  }
  return { stay, go };
}

/** Of which account how much of a line has come to stand in another parcel. */
function divide(model: Model, place: number, line: Line, units: number, to: number): void {
  const order = at(model.orders, place);
  const { stay, go } = partsOf(model, line, units);
  const lineFen = units * line.priceFen;
  const feeFen = lineFen - sumOf(go);
  const name = `${place}/${line.listing}`;
  const { slug } = at(model.coops, at(model.parcels, to).coop);
  const moved: Omit<Give, "parcel">[] = [
    { account: `coop-fee:${slug}`, line: name, relief: "", fen: feeFen },
    ...go.map(({ lot, fen }) => {
      const { code } = at(model.accounts, at(model.lots, lot).account);
      return { account: `relief:${code}`, line: name, relief: code, fen };
    }),
  ];
  for (const give of moved) {
    order.earned.push({ ...give, parcel: to });
    order.earned.push({ ...give, parcel: line.parcel, fen: -give.fen });
  }
  order.lines.push({ ...line, quantity: units, lineFen, feeFen, parcel: to, parts: go });
  Object.assign(line, {
    ...{ quantity: line.quantity - units, lineFen: line.lineFen - lineFen },
    ...{ feeFen: line.feeFen - feeFen, parts: stay },
  });
  // The books' own sums stay: what moves is from a line to the same line elsewhere.
  model.transactions += 1;
}

/** Not all is there: some units of a line are sent later, in a parcel of their own. */
export function sendLater(model: Model, index: number, box: InBox): string {
  const { place, order, lines, line } = lineOf(model, index, box);
  const units = box.much % 4;
  const refused = refusal(model, index, order);
  if (refused) return refused;
  if (isAsked(model, index)) return "substitute-open";
  if (alike(model, index).length >= MOST) return "too-many-parts";
  if (units === 0) return "nothing-later";
  if (units > toSend(line)) return "not-so-many";
  const isAll = units === toSend(line);
  if (!isAll && line.lightFen !== undefined) return "weighed-already";
  const there = left(model, place, index).filter(
    (give) => give.line === `${place}/${line.listing}`,
  );
  const isWhole = !there.some(isKept) && sumOf(there) === line.lineFen;
  if (!isAll && !isWhole) return "given-back";
  if (units === lines.reduce((sum, each) => sum + toSend(each), 0)) return "nothing-now";
  const { coop, status } = at(model.parcels, index);
  const rest = model.parcels.push({
    ...{ order: place, coop, freightFen: 0, hasFreight: false, shippedAt: 0, deliveredAt: 0 },
    status: status === "waiting" ? "waiting" : "accepted",
  });
  order.parcels.push(rest - 1);
  if (!isAll) divide(model, place, line, units, rest - 1);
  else {
    rename(model, place, index, rest - 1, `${place}/${line.listing}`);
    line.parcel = rest - 1;
  }
  return `later ${units}`;
}
