import { isShut, type SaleWindow } from "../cycles/window-rule.ts";
import { allocate } from "./allocate.ts";
import { freightFen, isServed } from "./freight.ts";
import type { BasketItem } from "./read-basket.ts";
import { splitLine } from "./split-line.ts";

/** What stands between this line and an order; the buyer is told beside the line. */
export type LineProblem = {
  listingId: string;
  titleZh: string;
  titleEn: string;
} /**
 * Withdrawn; or only paused, or sold in cycles of which none is open (then `window` says when): it stays
 * in the cart, for when it is sold again.
 */ & (
  | { kind: "listing-unavailable"; isPaused: boolean; window?: SaleWindow }
  | { kind: "insufficient-stock"; wanted: number; available: number }
  /** Its seller lets one order take no more than `most`. */
  | { kind: "over-limit"; wanted: number; most: number }
  | { kind: "price-changed"; seenFen: number; priceFen: number }
  /** Its cooperative does not send to that province: it stays in the cart. */
  | { kind: "not-served"; cooperative: { nameZh: string; nameEn: string } }
);

export type PlannedShare = {
  lotId: string;
  reliefAccountId: string;
  quantity: number;
  fen: number;
};

export type PlannedLine = {
  listingId: string;
  titleZh: string;
  titleEn: string;
  grade: string;
  unit: string;
  unitGrams: number;
  shipsFrom: string | null;
  quantity: number;
  priceFen: number;
  lineFen: number;
  feeBasisPoints: number;
  feeFen: number;
  /** Sale units free at this moment, up to what a line may ask for. */
  available: number;
  shares: PlannedShare[];
};

export type PlannedParcel = {
  cooperative: { id: string; slug: string; nameZh: string; nameEn: string };
  lines: PlannedLine[];
  weightGrams: number;
  /** Null as long as no county is known. */
  freightFen: number | null;
};

export type OrderPlan = {
  parcels: PlannedParcel[];
  produceFen: number;
  freightFen: number | null;
  totalFen: number | null;
  problems: LineProblem[];
};

const sumOf = (lines: readonly PlannedLine[]) => lines.reduce((sum, line) => sum + line.lineFen, 0);

type Planned = { line: PlannedLine | null; problem: LineProblem | null };

/** A line that cannot be served as asked still shows its price; one that nobody can order is left out. */
function planLine(item: BasketItem, toRegionCode: string | null): Planned {
  const { listingId, titleZh, titleEn, quantity, priceFen } = item;
  const named = { listingId, titleZh, titleEn };
  if (!item.isForSale) {
    return {
      line: null,
      problem: {
        ...{ ...named, kind: "listing-unavailable", isPaused: item.isPaused },
        ...(item.window && item.isPaused && isShut(item.window) && { window: item.window }),
      },
    };
  }
  if (toRegionCode !== null && !isServed(item.cooperative.freight, toRegionCode)) {
    const { nameZh, nameEn } = item.cooperative;
    return {
      line: null,
      problem: { ...named, kind: "not-served", cooperative: { nameZh, nameEn } },
    };
  }
  const lineFen = quantity * priceFen;
  const { feeBasisPoints } = item.cooperative;
  const available = item.lots.reduce((sum, lot) => sum + lot.available, 0);
  const allocated = allocate(item.lots, quantity);
  const taken = allocated.ok ? allocated.shares : [];
  const { feeFen, shareFen } = splitLine({
    lineFen,
    feeBasisPoints,
    quantities: allocated.ok ? taken.map((share) => share.quantity) : [1],
  });
  const shares = taken.map((share, index) => ({
    lotId: share.lot.id,
    reliefAccountId: share.lot.reliefAccountId,
    quantity: share.quantity,
    fen: shareFen[index] ?? 0,
  }));
  const { grade, unit, unitGrams, shipsFrom } = item;
  const line = {
    ...named,
    grade,
    unit,
    unitGrams,
    shipsFrom,
    quantity,
    priceFen,
    lineFen,
    feeBasisPoints,
  };
  const counted = allocated.ok
    ? countProblem(item)
    : ({ kind: "insufficient-stock", wanted: quantity, available } as const);
  return {
    line: { ...line, feeFen, available, shares },
    problem: counted && { ...named, ...counted },
  };
}

/** What else than the stock stands in the way of a line as it is asked for. */
function countProblem({
  quantity: wanted,
  mostPerOrder: most,
  seenPriceFen,
  priceFen,
}: BasketItem) {
  if (most !== null && wanted > most) return { kind: "over-limit", wanted, most } as const;
  if (seenPriceFen === priceFen) return null;
  return { kind: "price-changed", seenFen: seenPriceFen, priceFen } as const;
}

/**
 * The whole order before it is written, from what the cart holds and what the lots have: parcels
 * by cooperative (in the order of their slugs), lines split to the fen, freight once the county is
 * known; without the lines of cooperatives that do not send there. Pure: it promises nothing, placing
 * the order checks everything again under locks.
 */
export function planOrder(items: readonly BasketItem[], toRegionCode: string | null): OrderPlan {
  const parcels = new Map<string, PlannedParcel & { item: BasketItem }>();
  const problems: LineProblem[] = [];
  for (const item of items) {
    const { line, problem } = planLine(item, toRegionCode);
    if (problem) problems.push(problem);
    if (!line) continue;
    const { id, slug, nameZh, nameEn } = item.cooperative;
    const parcel = parcels.get(id) ?? {
      cooperative: { id, slug, nameZh, nameEn },
      lines: [],
      weightGrams: 0,
      freightFen: null,
      item,
    };
    parcel.lines.push(line);
    parcel.weightGrams += line.quantity * line.unitGrams;
    parcels.set(id, parcel);
  }
  const priced = [...parcels.values()]
    .sort((a, b) => (a.cooperative.slug < b.cooperative.slug ? -1 : 1))
    .map(({ item, ...parcel }) => ({
      ...parcel,
      freightFen:
        toRegionCode === null
          ? null
          : freightFen(
              item.cooperative.freight,
              { weightGrams: parcel.weightGrams, produceFen: sumOf(parcel.lines) },
              toRegionCode,
            ),
    }));
  const produceFen = sumOf(priced.flatMap((parcel) => parcel.lines));
  const freight =
    toRegionCode === null
      ? null
      : priced.reduce((sum, parcel) => sum + (parcel.freightFen ?? 0), 0);
  return {
    parcels: priced,
    produceFen,
    freightFen: freight,
    totalFen: freight === null ? null : produceFen + freight,
    problems,
  };
}
