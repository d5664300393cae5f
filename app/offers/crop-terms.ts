import type { Kysely } from "kysely";
import { type CropTerms, readCropTerms } from "#app/domain/listings/read-crop-terms.ts";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** A crop's price with its sale unit, as a form is filled in. */
export type TermsTyped = { unit: string; unitGrams: string; price: string };

/** Of a crop that was never offered, and of none. */
const NO_TERMS: TermsTyped = { unit: "box-5jin", unitGrams: "", price: "" };

function typed({ unit, unitGrams, priceFen }: CropTerms): TermsTyped {
  const hasOwnWeight = unit === "bag" || unit === "head";
  const price = (priceFen / 100).toFixed(2);
  return { unit, unitGrams: hasOwnWeight ? String(unitGrams) : "", price };
}

/** What a household's crops went for the last time, by their codes; under "" what any other has. */
export type TermsByCrop = Record<string, TermsTyped> & { "": TermsTyped };

export async function readTermsByCrop(db: Kysely<DB>, scope: SellerScope): Promise<TermsByCrop> {
  const known = await readCropTerms(db, scope);
  const byCrop = known.map((terms) => [terms.categoryCode, typed(terms)] as const);
  return { "": NO_TERMS, ...Object.fromEntries(byCrop) };
}

export const termsOf = (terms: TermsByCrop, crop = ""): TermsTyped => terms[crop] ?? terms[""];
