import type { OrderStatus } from "../orders/order-states.ts";

export const invoiceKinds = ["personal", "company"] as const;

/** What is to stand on an invoice; a company has a number, a person has none. */
export type InvoiceDetails =
  | { kind: "personal"; title: string; taxNumber: null }
  | { kind: "company"; title: string; taxNumber: string };

export const LONGEST_TITLE = 100;

/** What an invoice can be written for: something was paid, and not all of it goes back. */
export const invoicedStatuses: readonly OrderStatus[] = [
  "paid",
  "packing",
  "shipped",
  "delivered",
  "completed",
  "partly-refunded",
];

const LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const UNIFIED = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
const OLD = /^\d{15}([0-9A-Z]{5})?$/;

/** The last letter of a unified social credit code, from the 17 before it (GB 32100-2015, 5.2). */
function checkLetter(code: string): string {
  let sum = 0;
  let weight = 1;
  for (const letter of code.slice(0, 17)) {
    sum += LETTERS.indexOf(letter) * weight;
    weight = (weight * 3) % 31;
  }
  return LETTERS[(31 - (sum % 31)) % 31] ?? "";
}

/**
 * Puts a typed taxpayer's number into the form in which it is kept: capitals, no spaces, full-width
 * letters made plain. Null unless it is a unified social credit code whose check letter is right, or
 * of the shape that numbers had before 2015, which some small traders still have (15 digits, or 15 and
 * 5 more). Not an identity card's: whoever has no other is invoiced as a person.
 */
export function readTaxNumber(typed: string): string | null {
  const number = typed
    .normalize("NFKC")
    .replace(/[\s-]+/g, "")
    .toUpperCase();
  if (UNIFIED.test(number) && checkLetter(number) === number[17]) return number;
  return OLD.test(number) ? number : null;
}
