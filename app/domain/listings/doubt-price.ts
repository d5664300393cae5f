import { type Kysely, sql } from "kysely";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { gramsOf, type Offer } from "./offer-rules.ts";
import { isOtherCrop } from "./other-crop.ts";
import { readPriceGuidance } from "./read-price-guidance.ts";

/** A price so far off is more often a slip of the finger than meant. */
const TIMES_OFF = 5;
/** Of fewer prices a median says little. */
const LEAST_ASKED = 3;

/**
 * Both of a jin, in fen: what is asked, and what is usual or, where `isOwn`, what this very listing
 * has asked until now.
 */
export type PriceDoubt = { fenPerJin: number; usualFen: number; isOwn?: true };

type Priced = Pick<Offer, "unit" | "unitGrams" | "priceFen"> & {
  categoryCode: string;
  /** What the listing asks until now, where it is one already. */
  before?: { priceFen: number; unitGrams: number };
};

/**
 * Whether a price may be a slip: more than five times what a jin of the crop usually brings, or
 * less than a fifth of it. Usual is the median of what was sold in the county, else in the province
 * (`readPriceGuidance`); where too little was sold, of what at least three listings of other
 * households in the province ask now; of what is no one crop (`isOtherCrop`) nothing is. So it is
 * when it is as far from what the listing itself asked `before`, whatever is known of the crop. Null
 * when it is not, and for a price or weight that is none. Locks nothing, cannot fail.
 */
export async function doubtPrice(
  db: Kysely<DB>,
  scope: SellerScope,
  { unit, unitGrams, priceFen, categoryCode, before }: Priced,
  now: Date = new Date(),
): Promise<PriceDoubt | null> {
  const grams = gramsOf(unit, unitGrams);
  if (!grams || !(priceFen > 0)) return null;
  const { county, province } = await readPriceGuidance(db, scope, categoryCode, now);
  const usualFen = (county ?? province)?.medianFen ?? (await readAsked(db, scope, categoryCode));
  const fenPerJin = perJin(priceFen, grams);
  if (usualFen && isFarOff(fenPerJin, usualFen)) return { fenPerJin, usualFen };
  if (!before) return null;
  const ownFen = perJin(before.priceFen, before.unitGrams);
  return isFarOff(fenPerJin, ownFen) ? { fenPerJin, usualFen: ownFen, isOwn: true } : null;
}

/** Whether another price of the same listing, in fen, is far from what it has asked until now. Pure. */
export const doubtOwnPrice = (fen: number, before: { priceFen: number; unitGrams: number }) =>
  isFarOff(perJin(fen, before.unitGrams), perJin(before.priceFen, before.unitGrams));

/** Half a fen is rounded up, as the shop shows it. */
const perJin = (fen: number, grams: number) => Math.floor((fen * 1000 + grams) / (grams * 2));

const isFarOff = (fen: number, fromFen: number) =>
  fen > fromFen * TIMES_OFF || fen * TIMES_OFF < fromFen;

/** What others in the household's province ask for a jin now, in fen; undefined of too few. */
async function readAsked(
  db: Kysely<DB>,
  { householdId }: SellerScope,
  categoryCode: string,
): Promise<number | undefined> {
  if (isOtherCrop(categoryCode)) return undefined;
  const { rows } = await sql<{ asked: number; usualFen: number }>`
    select count(*) as asked, percentile_disc(0.5) within group
      (order by (l.price_fen * 1000 + l.unit_grams) / (l.unit_grams * 2)) as "usualFen"
    from households h
    join listings l on left(l.region_code, 2) = left(h.region_code, 2)
    where h.id = ${householdId} and l.category_code = ${categoryCode}
      and l.status = 'published' and l.created_by_household_id is distinct from h.id`.execute(db);
  const [found] = rows;
  return found && found.asked >= LEAST_ASKED ? found.usualFen : undefined;
}
