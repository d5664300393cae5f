/** In characters: the buyer is told why by text message, and it should fit into one. */
export const LONGEST_REASON = 60;
