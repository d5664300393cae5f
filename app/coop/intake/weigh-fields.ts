import { z } from "zod";
import { parseKilograms } from "#app/domain/intake/weigh-rule.ts";
import { grades } from "#app/domain/listings/offer-rules.ts";

/** Beyond it a line of text is no name and no number of a card. */
const LONGEST = 40;

/** A weight in kilograms, as typed, in whole grams. */
const kilograms = z.string().transform((text, context) => {
  const grams = parseKilograms(text);
  if (grams === null) context.addIssue({ code: "custom", message: "scaleWeight" });
  return grams ?? 0;
});

/** The weights alone; no basket weighs nothing. */
export const weightFields = {
  gross: z.string().trim().min(1).pipe(kilograms),
  tare: z
    .string()
    .default("")
    .transform((text) => text.trim() || "0")
    .pipe(kilograms),
};

const optionalId = z.uuid().nullable().catch(null).default(null);

/** What the scale's form says; which household that is has yet to be found. */
export const weighing = z.object({
  household: z.string().trim().min(1).max(LONGEST),
  householdId: optionalId,
  category: z.string().min(1, "choose"),
  grade: z.enum(grades, "choose"),
  ...weightFields,
  pool: optionalId,
  clientKey: z.uuid(),
  /** Milliseconds since 1970, of a phone that had no signal then. */
  weighedAt: z.coerce.number().int().positive().optional().catch(undefined),
});
