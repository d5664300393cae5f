import { z } from "zod";

const line = z.string().trim().min(1, "required").max(70);
const plain = (typed: string) => typed.normalize("NFKC").replace(/[\s\-‐-―]/gu, "");

/** The account that a cooperative pays from, as it was typed: spaces in numbers are nobody's mistake. */
export const accountFields = z.object({
  name: line,
  number: z
    .string()
    .min(1, "required")
    .transform(plain)
    .pipe(z.string().regex(/^[A-Za-z0-9]{5,34}$/, "bankAccount")),
  bank: line,
  code: z
    .string()
    .transform(plain)
    .pipe(z.string().regex(/^(\d{12})?$/, "bankCode"))
    .transform((digits) => digits || null),
});
