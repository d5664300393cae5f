import { validate as isUuid } from "uuid";

/** A payout's id as a bank carries it from end to end: 32 of the 35 characters ISO 20022 has for it. */
export function endToEndId(payoutId: string): string {
  return payoutId.replaceAll("-", "").toUpperCase();
}

/** The payout's id again; null for what is none. */
export function payoutIdOf(text: string): string | null {
  const digits = text.replaceAll("-", "").toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(digits)) return null;
  const id = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return isUuid(id) ? id : null;
}
