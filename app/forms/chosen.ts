/** More rows than these stand on no page of a list. */
export const MOST_CHOSEN = 100;
