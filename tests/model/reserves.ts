import { at, book, MINUTE, type Model } from "./model.ts";
import { balance } from "./payouts.ts";

const HOUR = 60 * MINUTE;

/** What a cooperative keeps of its fees for claims, and for which orders. */
export type Kept = {
  percent: number;
  most: number;
  version: number;
  fen: number;
  /** Sold since it was last counted, and the fee of it. */
  sold: { order: number; feeFen: number }[];
  shares: Map<number, number>;
};

export const nothingKept = (): Kept => ({
  ...{ percent: 20, most: 500_000, version: 0, fen: 0 },
  ...{ sold: [], shares: new Map() },
});

/** The fee of what each cooperative sold in an order is there to be counted. */
export function noteSold(model: Model, index: number): void {
  const { lines } = at(model.orders, index);
  for (const [coop, { kept }] of model.coops.entries()) {
    const own = lines.filter(({ parcel }) => at(model.parcels, parcel).coop === coop);
    const feeFen = own.reduce((sum, line) => sum + line.feeFen, 0);
    if (feeFen > 0) kept.sold.push({ order: index, feeFen });
  }
}

/** Two days after it came, and one hour: of a word of its cooperative's alone three days after it left at the soonest. */
function isPast(model: Model, order: number, coop: number): boolean {
  return model.parcels
    .filter((parcel) => parcel.order === order && parcel.coop === coop)
    .every(({ status, deliveredAt, shippedAt, isTheirWord }) => {
      if (status === "cancelled") return true;
      const from = isTheirWord ? Math.max(deliveredAt, shippedAt + 72 * HOUR) : deliveredAt;
      return status === "delivered" && from + 49 * HOUR <= model.now;
    });
}

function held(model: Model, account: string): number {
  let fen = 0;
  for (const [key, sum] of model.books) if (key.startsWith(`${account}|`)) fen -= sum;
  return fen;
}

function moveKept(model: Model, coop: number, fen: number): void {
  if (fen === 0) return;
  const { slug, kept } = at(model.coops, coop);
  book(model, [
    { account: `reserve:${slug}`, fen: -fen },
    { account: `coop-fee:${slug}`, fen },
  ]);
  kept.fen += fen;
}

/** For every order that can be claimed for its part, and what households owe; no more than the most, and than there is. */
export function count(model: Model, coop: number): string {
  const { slug, kept } = at(model.coops, coop);
  for (const { order, feeFen } of kept.sold) {
    const fen = Math.floor((feeFen * kept.percent) / 100);
    if (fen > 0) kept.shares.set(order, fen);
  }
  kept.sold = [];
  for (const order of [...kept.shares.keys()]) {
    if (isPast(model, order, coop)) kept.shares.delete(order);
  }
  const shares = [...kept.shares.values()].reduce((sum, fen) => sum + fen, 0);
  const owed = model.accounts
    .filter((account) => account.coop === coop)
    .reduce((sum, { code }) => sum + Math.max(0, -balance(model, code)), 0);
  const there = held(model, `coop-fee:${slug}`) + held(model, `reserve:${slug}`);
  moveKept(model, coop, Math.max(0, Math.min(kept.most, shares + owed, there)) - kept.fen);
  return `keeps ${kept.fen}`;
}

/** Other terms; whoever has not seen the newest is told so. */
export function agree(
  model: Model,
  coop: number,
  { percent, most, isStale }: { percent: number; most: number; isStale: boolean },
): string {
  const { kept } = at(model.coops, coop);
  if (kept.percent === percent && kept.most === most) return "unchanged";
  if (isStale) return "overtaken";
  count(model, coop);
  Object.assign(kept, { percent, most, version: kept.version + 1 });
  count(model, coop);
  return "changed";
}

/** What a claim costs the cooperative comes out of what it keeps first. */
export function drawKept(model: Model, coop: number, costs: number): void {
  moveKept(model, coop, -Math.min(costs, at(model.coops, coop).kept.fen));
}

/** What a step's numbers mean as terms. */
export const termsOf = (how: number, much: number) => ({
  percent: 5 + (much % 46),
  most: 10_000 + (how % 4) * 2_500,
  isStale: how === 11,
});
