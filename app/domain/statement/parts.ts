/**
 * What a cooperative looks at: its `own` money (`fee` and `freight` together, or one of them), what it
 * has to `keep` for buyers of parcels that were called off, and what it `paid` to households' banks.
 */
export const parts = ["own", "fee", "freight", "reserve", "kept", "paid"] as const;
export type StatementPart = (typeof parts)[number];

/** Which of its accounts each is of; `paid` is of no account of its own. */
export const accountWords: Record<StatementPart, readonly string[]> = {
  own: ["coop-fee", "freight"],
  fee: ["coop-fee"],
  freight: ["freight"],
  reserve: ["reserve"],
  kept: ["owed"],
  paid: [],
};

/** The first words of the keys under which all of it is posted (entry-forms.ts). */
export const statementKinds = [
  ...(["sale", "refund", "refund-failed", "refund-owed", "owed", "claim", "split"] as const),
  ...(["substituted", "substitute"] as const),
  ...(["reserve-in", "reserve-out", "reserve-draw"] as const),
  ...(["dispute-returned", "reversal", "payout", "payout-bounce"] as const),
];
export type StatementKind = (typeof statementKinds)[number];

/** "2026-11": a month of Shanghai's. */
export function isMonth(text: string): boolean {
  return /^20\d\d-(0[1-9]|1[0-2])$/.test(text);
}
