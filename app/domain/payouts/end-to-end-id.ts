/** A payout's id as a bank carries it from end to end: 32 of the 35 characters ISO 20022 has for it. */
export function endToEndId(payoutId: string): string {
  return payoutId.replaceAll("-", "").toUpperCase();
}
