/** `withdrawn`: the cooperative has taken the question back before there was an answer. */
export type ConsentAnswer = "agreed" | "refused" | "expired" | "withdrawn";
/** What the household itself can say. */
export type ConsentWord = Extract<ConsentAnswer, "agreed" | "refused">;

/** How long a household is waited for; silence is a no. */
export const CONSENT_HOURS = 24;
/** Under which key the household's question stands among the messages. */
export const askedKey = (listingId: string) => `consent-asked:${listingId}`;
/** How long after its question is over a link still shows what was answered. */
export const LINK_DAYS_AFTER = 7;
/** How many listings a day a household is asked about, at the most. */
export const MOST_ASKED_A_DAY = 5;
