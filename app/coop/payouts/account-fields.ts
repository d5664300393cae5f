import { z } from "zod";

const line = z.string().trim().min(1, "required").max(70);
const plain = (typed: string) => typed.normalize("NFKC").replace(/[\s\-‐-―]/gu, "");

/** An account, as it was typed: spaces in numbers are nobody's mistake. */
const account = {
  name: line,
  number: z
    .string()
    .min(1, "required")
    .transform(plain)
    .pipe(z.string().regex(/^[A-Za-z0-9]{5,34}$/, "bankAccount")),
  bank: line,
};

/** The account that a household is paid to, and what the form was filled from. */
export const householdAccountFields = z.object({ ...account, seen: z.string().max(10) });

/** The account that a cooperative pays from. */
export const accountFields = z.object({
  ...account,
  code: z
    .string()
    .transform(plain)
    .pipe(z.string().regex(/^(\d{12})?$/, "bankCode"))
    .transform((digits) => digits || null),
});
