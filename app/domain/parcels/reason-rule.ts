/** In characters: the buyer is told why by text message, and it should fit into one. */
export const LONGEST_REASON = 60;

/** What the buyer reads with money that goes back, by her language. */
export type BuyersNote = { zh: string; en: string };

/** It in hers, cut between two words where it is too long; undefined for none. Pure. */
export function noteFor(locale: "zh" | "en", note: BuyersNote | undefined): string | undefined {
  const said = note?.[locale];
  if (said === undefined || said.length <= LONGEST_REASON) return said;
  const cut = said.slice(0, LONGEST_REASON - 1);
  return `${locale === "en" ? cut.replace(/\s+\S*$/, "") : cut}…`;
}
