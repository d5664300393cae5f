import { z } from "zod";
import {
  type InvoiceDetails,
  invoiceKinds,
  LONGEST_TITLE,
  readTaxNumber,
} from "#app/domain/invoices/invoice-rule.ts";

/** Whom an invoice is written to. A person's number is dropped: nobody has to give one. */
export const invoiceSchema = z
  .object({
    kind: z.enum(invoiceKinds, "choose"),
    title: z.string("required").trim().min(1, "required").max(LONGEST_TITLE),
    taxNumber: z.string().optional().default(""),
  })
  .transform(({ kind, title, taxNumber: typed }, issues): InvoiceDetails => {
    if (kind === "personal") return { kind, title, taxNumber: null };
    const taxNumber = readTaxNumber(typed);
    if (taxNumber !== null) return { kind, title, taxNumber };
    const message = typed.trim() === "" ? "required" : "taxNumber";
    issues.addIssue({ code: "custom", path: ["taxNumber"], message });
    return z.NEVER;
  });
