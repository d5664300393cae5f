import { z } from "zod";
import { LONGEST_REFERENCE } from "#app/domain/payments/transfer-rule.ts";
import { parseAmount } from "./amount.ts";

const amountIn = (currency: string) =>
  z.string().transform((typed, context): number => {
    const text = typed.normalize("NFKC").trim();
    const wrong = (message: string) => {
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    };
    if (text === "") return wrong("required");
    if (/^[-−]\d/.test(text)) return wrong("aboveZero");
    if (/^\d{10,}(\.\d{1,2})?$/.test(text)) return wrong("moreThanOwed");
    const fen = parseAmount(text, currency);
    if (fen === null) return wrong("amount");
    return fen === 0 ? wrong("aboveZero") : fen;
  });

/** What was paid, on which day, and under which number the bank knows it. */
export const transferFields = (currency: string) =>
  z.object({
    amount: amountIn(currency),
    paidOn: z.string().trim().pipe(z.iso.date("date")),
    reference: z.string().trim().min(1, "required").max(LONGEST_REFERENCE),
  });

export const confirmation = z.object({
  step: z.literal("confirm"),
  clientKey: z.uuid(),
  seen: z.string().min(1),
});
