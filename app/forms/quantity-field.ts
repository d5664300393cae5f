import { z } from "zod";

/** More than anybody means to put into a cart. */
const MOST_IN_CART = 999;

/** A whole number of sale units, also as a Chinese keyboard types it ("５"). */
export function quantityField(least: 0 | 1, most = MOST_IN_CART) {
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
    .pipe(z.number().min(least, "atLeastOne").max(most, "tooMany"));
}
