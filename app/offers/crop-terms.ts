import type { Kysely } from "kysely";
import type { Grade } from "#app/domain/listings/offer-rules.ts";
import { type CropTerms, readCropTerms } from "#app/domain/listings/read-crop-terms.ts";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** A crop's price with its sale unit, as a form is filled in. */
export type TermsTyped = { unit: string; unitGrams: string; price: string };

/** With how good it was said to be, which of one crop says nothing of another either. */
type GradedTerms = TermsTyped & { grade: Grade };

/** Of a crop that was never offered, and of none. */
const NO_TERMS: GradedTerms = { unit: "box-5jin", unitGrams: "", price: "", grade: "ungraded" };

function typed({ grade, unit, unitGrams, priceFen }: CropTerms): GradedTerms {
  const hasOwnWeight = unit === "bag" || unit === "head";
  const price = (priceFen / 100).toFixed(2);
  return { grade, unit, unitGrams: hasOwnWeight ? String(unitGrams) : "", price };
}

/** What a household's crops went for the last time, by their codes; under "" what any other has. */
export type TermsByCrop = Record<string, GradedTerms> & { "": GradedTerms };

export async function readTermsByCrop(db: Kysely<DB>, scope: SellerScope): Promise<TermsByCrop> {
  const known = await readCropTerms(db, scope);
  const byCrop = known.map((terms) => [terms.categoryCode, typed(terms)] as const);
  return { "": NO_TERMS, ...Object.fromEntries(byCrop) };
}

const allOf = (terms: TermsByCrop, crop: string): GradedTerms => terms[crop] ?? terms[""];

export function termsOf(terms: TermsByCrop, crop = ""): TermsTyped {
  const { unit, unitGrams, price } = allOf(terms, crop);
  return { unit, unitGrams, price };
}

export const gradeOf = (terms: TermsByCrop, crop = ""): Grade => allOf(terms, crop).grade;

/** The same of their grades alone, for the page of a draft that asks for no price. */
export const gradesOf = (terms: TermsByCrop): Record<string, { grade: Grade }> =>
  Object.fromEntries(Object.entries(terms).map(([crop, { grade }]) => [crop, { grade }]));
