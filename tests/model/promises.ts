import { at, book, type Give, type Model } from "./model.ts";
import { share } from "./money.ts";

/** It stands apart for the buyer, and nobody is paid with it. */
export const isKept = (give: Give) => give.account.startsWith("owed:");

const sum = (gives: readonly Give[]) => gives.reduce((all, { fen }) => all + fen, 0);
const isAlike = (one: Give, other: Give) =>
  one.account === other.account && one.line === other.line && one.parcel === other.parcel;

/**
 * What was said to come to the buyer and did not stands apart for her, out of the very accounts that
 * were to give it. What had come out of what stands apart already is there again by itself.
 */
export function promise(model: Model, index: number): void {
  const refund = at(model.refunds, index);
  const order = at(model.orders, refund.order);
  const own = refund.gives.filter((give) => /^(relief|coop-fee|freight):/.test(give.account));
  const apart: Give[] = [];
  for (const give of own) {
    const { slug } = at(model.coops, at(model.parcels, give.parcel).coop);
    const kept = { ...give, account: `owed:${slug}`, relief: "" };
    const known = apart.find((each) => isAlike(each, kept));
    if (known) known.fen += give.fen;
    else apart.push(kept);
  }
  const strange = refund.isTransfer
    ? []
    : refund.gives.filter((give) => isKept(give) && give.promise === undefined);
  refund.promised = [...apart, ...strange];
  if (own.length === 0) return;
  const gone = own.map((give) => ({ ...give, fen: -give.fen }));
  order.earned.push(...gone, ...apart);
  book(model, [...own, ...apart.map((give) => ({ ...give, fen: -give.fen }))]);
}

/**
 * What stands apart, told apart by what had promised it: less what was given in its stead, and where
 * a bank has given some of it, the newest promises are those that it has kept.
 */
export function byPromise(model: Model, give: Give): Give[] {
  if (!isKept(give)) return [give];
  let rest = give.fen;
  const parts = model.refunds.flatMap(({ promised = [] }, index) => {
    const said = sum(promised.filter((each) => isAlike(each, give)));
    const instead = model.refunds
      .filter(({ status }) => status !== "failed")
      .flatMap(({ gives }) => gives)
      .filter((each) => each.promise === index && isAlike(each, give));
    const fen = Math.min(rest, said - sum(instead));
    rest -= Math.max(0, fen);
    return fen > 0 ? [{ ...give, promise: index, fen }] : [];
  });
  const { promise: _, ...nobodys } = give;
  return rest > 0 ? [...parts, { ...nobodys, fen: rest }] : parts;
}

/** What still is to come of each promise, the oldest first; last what nothing had promised. */
export function promisesIn(gives: readonly Give[]): Give[][] {
  const kept = gives.filter(isKept);
  const all = [...new Set(kept.map((give) => give.promise ?? Number.MAX_SAFE_INTEGER))];
  return all
    .sort((one, other) => one - other)
    .map((of) => kept.filter((give) => (give.promise ?? Number.MAX_SAFE_INTEGER) === of));
}

/** Money that comes takes the place of the promise of just so much, then of the oldest. */
export function keptInTurn(gives: readonly Give[], fen: number): Give[][] {
  const all = promisesIn(gives);
  const same = all.filter((each) => each[0]?.promise !== undefined && sum(each) === fen)[0];
  return same ? [same, ...all.filter((each) => each !== same)] : all;
}

/** As far as the first go, then the next; among those of one group in proportion. */
export function takeInTurn(groups: readonly Give[][], fen: number): Give[] {
  let rest = fen;
  return groups.flatMap((group) => {
    const now = Math.min(rest, sum(group));
    if (now <= 0) return [];
    rest -= now;
    const parts = share(
      now,
      group.map((give) => give.fen),
    );
    return group
      .map((give, place) => ({ ...give, fen: at(parts, place) }))
      .filter((give) => give.fen > 0);
  });
}
