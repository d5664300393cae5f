import type { OfferProblem } from "#app/domain/listings/offer-rules.ts";
import type { ImportColumn } from "./columns.ts";

/** Why a cell cannot be taken; each has its words in i18n "imports". */
export type FaultWord =
  | Exclude<OfferProblem, "photo-none" | "photo-too-many">
  | "listing-unknown"
  | "listing-pooled"
  | "listing-withdrawn"
  | "not-agreed"
  | "twice"
  | "presale-full"
  | "beyond-agreed"
  | "quantity-doubted"
  | "agreed-price"
  | "pooled-lower"
  | "price-doubted"
  | "household-unknown"
  | "crop-unknown"
  | "grade-unknown"
  | "unit-unknown"
  | "no-photo"
  | "no-phone"
  | "no-account"
  | "asked-too-often";

export type Fault = { column: ImportColumn; fault: FaultWord };

/** What becomes of a line: taken, nothing since it was taken before or says what stands, or why not. */
export type Verdict = { verdict: "take" | "known" } | { verdict: "wrong"; faults: Fault[] };

export const wrong = (column: ImportColumn, fault: FaultWord): Verdict => ({
  verdict: "wrong",
  faults: [{ column, fault }],
});
export const TAKE: Verdict = { verdict: "take" };
export const KNOWN: Verdict = { verdict: "known" };

/** The lines of which this becomes. Pure. */
export const keptVerdicts = <Row extends { verdict: Verdict }, Name extends Verdict["verdict"]>(
  rows: readonly Row[],
  name: Name,
) =>
  rows.filter(
    (row): row is Row & { verdict: Extract<Verdict, { verdict: Name }> } =>
      row.verdict.verdict === name,
  );
