import { z } from "zod";

const MOST = 999;

/** A whole number of sale units, also as a Chinese keyboard types it ("５"). */
export function quantityField(least: 0 | 1) {
  return z
    .string()
    .transform((text) => text.normalize("NFKC").trim())
    .pipe(
      z
        .string()
        .min(1, "required")
        .regex(/^-?\d+$/, "wholeNumber"),
    )
    .transform(Number)
    .pipe(z.number().min(least, "atLeastOne").max(MOST, "tooMany"));
}
