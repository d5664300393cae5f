import type { ParcelLine } from "./read-parcel-lines.ts";

export type HarvestTotal = {
  listingId: string;
  titleZh: string;
  titleEn: string;
  unit: string;
  quantity: number;
  grams: number;
  households: {
    householdId: string;
    headName: string | null;
    aliasZh: string;
    aliasEn: string;
    quantity: number;
  }[];
};

/**
 * What the given lines need altogether: per product in sale units and grams, and how much of it
 * each household brings. The households' quantities add up to the product's.
 */
export function harvestTotals(lines: ParcelLine[]): HarvestTotal[] {
  const products = new Map<string, HarvestTotal>();
  for (const line of lines) {
    const product = products.get(line.listingId) ?? {
      listingId: line.listingId,
      titleZh: line.titleZh,
      titleEn: line.titleEn,
      unit: line.unit,
      quantity: 0,
      grams: 0,
      households: [],
    };
    products.set(line.listingId, product);
    for (const source of line.sources) {
      product.quantity += source.quantity;
      product.grams += source.quantity * line.unitGrams;
      const home = product.households.find((each) => each.householdId === source.householdId);
      if (home) home.quantity += source.quantity;
      else {
        const { householdId, headName, aliasZh, aliasEn, quantity } = source;
        product.households.push({ householdId, headName, aliasZh, aliasEn, quantity });
      }
    }
  }
  return [...products.values()];
}
