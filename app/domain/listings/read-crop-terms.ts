import { type Kysely, sql } from "kysely";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { Grade, Unit } from "./offer-rules.ts";
import { isOtherCrop } from "./other-crop.ts";

/** On what terms a crop was offered: price in fen for one sale unit, its weight in grams. */
export type CropTerms = {
  categoryCode: string;
  grade: Grade;
  unit: Unit;
  unitGrams: number;
  priceFen: number;
};

/**
 * On what terms the household offered each of its crops the last time: what it most likely asks for
 * that crop again, and says nothing of any other; what is no one crop says nothing of itself either. Locks nothing, cannot fail.
 */
export async function readCropTerms(
  db: Kysely<DB>,
  { householdId }: SellerScope,
): Promise<CropTerms[]> {
  const terms = await db
    .selectFrom("listings")
    .distinctOn("category_code")
    .where("created_by_household_id", "=", householdId)
    .where("status", "<>", "draft")
    .orderBy("category_code")
    .orderBy("id", "desc")
    .select(["category_code as categoryCode", "unit_grams as unitGrams", "price_fen as priceFen"])
    .select([sql<Unit>`unit`.as("unit"), sql<Grade>`grade`.as("grade")])
    .execute();
  return terms.filter(({ categoryCode }) => !isOtherCrop(categoryCode));
}
