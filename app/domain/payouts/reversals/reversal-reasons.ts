/** Why an approved run is taken back: its bank refused it as a whole, or its file never left. */
export const reversalReasons = ["bank-refused", "not-sent"] as const;
export type ReversalReason = (typeof reversalReasons)[number];

/** In characters: enough for what the bank said, or what was wrong. */
export const LONGEST_NOTE = 200;
