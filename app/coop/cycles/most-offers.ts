/** As many listings as can be chosen from; a cooperative with more pauses what is not in season. */
export const MOST_OFFERS = 500;
