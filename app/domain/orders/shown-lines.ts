import type { OrderPlan, PlannedLine } from "./plan-order.ts";

/** What the checkout page says of a line, which is all that an order writes down as sold. */
export type ShownLine = Pick<
  PlannedLine,
  | "listingId"
  | "titleZh"
  | "titleEn"
  | "grade"
  | "unit"
  | "unitGrams"
  | "shipsFrom"
  | "quantity"
  | "priceFen"
>;

/** What the checkout page says that carrying one cooperative's parcel costs. */
export type ShownFreight = { cooperativeId: string; fen: number };

/** A parcel whose freight is another than was shown; in fen. */
export type FreightChange = { cooperativeId: string; seenFen: number; fen: number };

/** How a line differs from what a page showed: `seen` is null of one that it did not show. */
export type LineChange = { listingId: string } & (
  | { seen: ShownLine | null; now: ShownLine }
  | { seen: ShownLine; now: null }
);

/** One line as one text: the same text, the same offer. */
export function offerText(line: ShownLine): string {
  const { listingId, quantity, priceFen, unit, unitGrams, grade, shipsFrom } = line;
  const facts = [listingId, quantity, priceFen, unit, unitGrams, grade, shipsFrom];
  return JSON.stringify([...facts, line.titleZh, line.titleEn]);
}

/**
 * Line by line what a plan would order that its buyer was not shown, in any fact, and what she was
 * shown that is in her cart no more. A line not for sale any more, and a price that the cart itself
 * knows to have changed, are problems of the plan's own and no changes. Pure.
 */
export function changesSince(
  shown: readonly ShownLine[],
  { parcels, problems }: Pick<OrderPlan, "parcels" | "problems">,
): LineChange[] {
  const seenBy = new Map(shown.map((line) => [line.listingId, line]));
  const lines = parcels.flatMap((parcel) => parcel.lines);
  const known = new Set([...lines, ...problems].map(({ listingId }) => listingId));
  const dearer = problems.filter(({ kind }) => kind === "price-changed");
  const changed = lines.flatMap((now): LineChange[] => {
    const { listingId, priceFen } = now;
    const was = seenBy.get(listingId) ?? null;
    const isTold = dearer.some((problem) => problem.listingId === listingId);
    const seen = was && isTold ? { ...was, priceFen } : was;
    return seen && offerText(seen) === offerText(now) ? [] : [{ listingId, seen, now }];
  });
  const gone = [...seenBy.values()].filter(({ listingId }) => !known.has(listingId));
  return [...changed, ...gone.map((seen) => ({ listingId: seen.listingId, seen, now: null }))];
}

/** Parcel by parcel whose freight in a plan is not what its buyer was shown. Pure. */
export function freightChangesSince(
  shown: readonly ShownFreight[],
  { parcels }: Pick<OrderPlan, "parcels">,
): FreightChange[] {
  return parcels.flatMap(({ cooperative, freightFen: fen }) => {
    const seen = shown.find(({ cooperativeId }) => cooperativeId === cooperative.id);
    if (!seen || fen === null || seen.fen === fen) return [];
    return [{ cooperativeId: cooperative.id, seenFen: seen.fen, fen }];
  });
}
