/** Longer than any bank's number of a transfer; the database takes no more. */
export const LONGEST_REFERENCE = 64;

/** Why a transfer that was booked is none: it was typed wrongly, or the bank sent it back. */
export const transferFaults = ["transfer-mistaken", "transfer-returned"] as const;
export type TransferFault = (typeof transferFaults)[number];
