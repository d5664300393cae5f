/** Longer than any bank's number of a transfer; the database takes no more. */
export const LONGEST_REFERENCE = 64;
